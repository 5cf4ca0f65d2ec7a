import type { GraphqlError } from '../../nest/graphql.js';

interface Execution {
  readonly data?: unknown;
  readonly statusCode?: number;
  readonly errors: readonly GraphqlError[];
}

interface Log {
  info(fields: object, message: string): void;
}

interface Context {
  readonly reply?: { readonly log?: Log };
  readonly app?: { readonly log?: Log };
}

/**
 * What Mercurius makes of errors, which it has no name for that could be asked: logs each, and answers
 * what has data with 200, a request that it refused with the status of its error.
 *
 * @internal
 */
export function mercuriusResponse(execution: Execution, context: Context): object {
  const { data, errors } = execution;
  const log = context.reply?.log ?? context.app?.log;
  for (const error of errors) {
    log?.info({ err: error }, error.message);
  }
  const sent = errors.flatMap((error) => partsOf(error) ?? [error]).map(toPlain);
  return {
    statusCode: data ? 200 : (execution.statusCode ?? statusOf(errors) ?? 200),
    response: { data: data ?? null, errors: sent },
  };
}

/** The errors of a validation, which are thrown as one. */
function partsOf({ originalError }: GraphqlError): readonly GraphqlError[] | undefined {
  const { errors } = Object(originalError) as { errors?: readonly GraphqlError[] };
  return Array.isArray(errors) ? errors : undefined;
}

function toPlain(error: GraphqlError): object {
  const { message, locations, path, extensions } = error;
  return typeof error.toJSON === 'function'
    ? error.toJSON()
    : { message, locations, path, extensions };
}

/** Of the one error there is. What a request fails with before it is executed has no path. */
function statusOf([error, ...further]: readonly GraphqlError[]): number | undefined {
  if (!error || further.length > 0) {
    return undefined;
  }
  const { statusCode } = Object(error.originalError) as { statusCode?: unknown };
  const status = error.path === undefined ? error.extensions?.['status'] : undefined;
  return [statusCode, status].find((value) => typeof value === 'number');
}
