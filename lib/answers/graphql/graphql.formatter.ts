import { randomUUID } from 'node:crypto';
import { type GraphqlError, isErrorWithProps, isGraphqlError } from '../../nest/graphql.js';
import type { HttpResponder } from '../http/http.responder.js';
import { isAnswered, toFieldError } from './field.error.js';

/**
 * Errors on their way out of a driver. Those of resolvers that Nest runs no filters for (of fields,
 * unless `fieldResolverEnhancers` has them, and plain ones), of scalars and of middleware have met nothing
 * that answers them yet.
 *
 * @internal
 */
export class GraphqlFormatter {
  constructor(private readonly responder: HttpResponder) {}

  /** An error that was located, as it is to be sent: itself where it is GraphQL's or answered. */
  format(error: GraphqlError): GraphqlError {
    const thrown = thrownBy(error);
    if (thrown === undefined || isAnswered(thrown)) {
      return error;
    }
    const { message, extensions } = this.#answer(thrown, error);
    const made = { message, extensions, originalError: undefined };
    return Object.create(
      error,
      Object.fromEntries(Object.entries(made).map(([name, value]) => [name, { value }])),
    ) as GraphqlError;
  }

  formatAll(errors: readonly GraphqlError[]): readonly GraphqlError[] {
    return errors.map((error) => this.format(error));
  }

  /** As Apollo has them: plain, with the stack beside them while an application is developed. */
  formatPlain<Plain extends PlainError>(plain: Plain, error: unknown): Plain {
    if (!isGraphqlError(error)) {
      return plain;
    }
    const thrown = thrownBy(error);
    if (thrown === undefined) {
      return plain;
    }
    const { message, extensions } = isAnswered(thrown)
      ? { message: plain.message, extensions: withoutStack(plain.extensions) }
      : this.#answer(thrown, error);
    return { ...plain, message, extensions };
  }

  /** What ended a stream of events, which no field and no filter of Nest has met. */
  ofStream(thrown: unknown): Error & Pick<GraphqlError, 'extensions'> {
    return isGraphqlError(thrown) || isAnswered(thrown)
      ? (thrown as GraphqlError)
      : this.#answer(thrown, {});
  }

  #answer(thrown: unknown, { path }: Pick<GraphqlError, 'path'>): ReturnType<typeof toFieldError> {
    const route = path?.filter((key) => typeof key === 'string').join('.');
    const context = { id: randomUUID(), method: 'GRAPHQL', route };
    const answer = this.responder.answerCall(thrown, context, { request: undefined });
    return toFieldError(answer, this.responder.settings);
  }
}

/** @internal */
export interface PlainError {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

function withoutStack(extensions: Record<string, unknown> = {}): object {
  const { stacktrace, ...others } = extensions;
  return stacktrace === undefined ? extensions : others;
}

/**
 * What was thrown behind an error of GraphQL's; `undefined` of its own: of syntax, of validation, and
 * of variables that no type takes, which have a location and no path.
 */
function thrownBy(error: GraphqlError): unknown {
  let thrown: unknown = error;
  while (isGraphqlError(thrown) && thrown.originalError !== undefined) {
    thrown = thrown.originalError;
  }
  const isOwn = isGraphqlError(thrown) || isErrorWithProps(thrown) || isServersOwn(thrown);
  const isOfRequest = error.path === undefined && error.locations !== undefined;
  return isOwn || isOfRequest ? undefined : thrown;
}

/** What Mercurius, or Fastify in front of it, refuses a request with. */
function isServersOwn(thrown: unknown): boolean {
  const { code, statusCode } = Object(thrown) as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && /^(?:MER|FST)_/.test(code) && Number(statusCode ?? 400) < 500;
}
