import type { DriverKind } from '../../nest/graphql-driver.js';
import {
  type EventStream,
  type GraphqlError,
  isEventStream,
  wrapSubscriptions,
} from '../../nest/graphql.js';
import type { GraphqlFormatter, PlainError } from './graphql.formatter.js';
import { mercuriusResponse } from './mercurius.response.js';

type Options = Readonly<Record<string, unknown>>;
type Hook = (...args: unknown[]) => unknown;

/** What an operation, or one event of a subscription, comes to. */
interface Execution {
  readonly errors?: readonly GraphqlError[];
}

/**
 * The options of a driver with a look at each error on its way out; behind that of the application
 * where a hook is told of what was done, and before it where it has the last word.
 *
 * @internal
 */
export function withFormatter(
  options: Options,
  kind: DriverKind,
  formatter: GraphqlFormatter,
): Options {
  return kind === 'apollo' ? forApollo(options, formatter) : forMercurius(options, formatter);
}

function forApollo(options: Options, formatter: GraphqlFormatter): Options {
  const { formatError: own, subscriptions: asked, installSubscriptionHandlers } = options;
  const formatError = (plain: PlainError, error: unknown) => {
    const formatted = formatter.formatPlain(plain, error);
    return isHook(own) ? own(formatted, error) : formatted;
  };
  const subscriptions = asked ?? (installSubscriptionHandlers ? { 'graphql-ws': true } : undefined);
  const { 'graphql-ws': server } = Object(subscriptions) as Options;
  return {
    ...options,
    formatError,
    ...(server !== undefined && {
      subscriptions: {
        ...(subscriptions as Options),
        'graphql-ws': forGraphqlWs(Object(server) as Options, formatter),
      },
    }),
  };
}

/** Hooks of graphql-ws have what it is about as their last argument, and may return another. */
function forGraphqlWs(server: Options, formatter: GraphqlFormatter): Options {
  const { onNext, onError, onOperation } = server;
  return {
    ...server,
    onNext: async (...args: unknown[]) => {
      const own = await ask(onNext, args);
      const result = (own ?? args.at(-1)) as Execution;
      return result.errors ? { ...result, errors: formatter.formatAll(result.errors) } : own;
    },
    onError: async (...args: unknown[]) =>
      (await ask(onError, args)) ?? formatter.formatAll(args.at(-1) as GraphqlError[]),
    onOperation: async (...args: unknown[]) => {
      const own = await ask(onOperation, args);
      const result = own ?? args.at(-1);
      return isEventStream(result) ? endingWell(result, formatter) : own;
    },
  };
}

function forMercurius(options: Options, formatter: GraphqlFormatter): Options {
  const { errorFormatter: own, transformSchema: transform } = options;
  const respond = (isHook(own) ? own : mercuriusResponse) as Hook;
  const errorFormatter = (execution: Execution, ...rest: unknown[]) =>
    respond({ ...execution, errors: formatter.formatAll(execution.errors ?? []) }, ...rest);
  const transformSchema = async (given: unknown) => {
    const schema = (await ask(transform, [given])) ?? given;
    wrapSubscriptions(schema, (events) => failingWell(events, formatter));
    return schema;
  };
  return { ...options, errorFormatter, transformSchema };
}

function isHook(value: unknown): value is Hook {
  return typeof value === 'function';
}

function ask(hook: unknown, args: readonly unknown[]): unknown {
  return isHook(hook) ? hook(...args) : undefined;
}

/** Events whose source failed end with an error of their own; else the server closes the connection. */
async function* endingWell(events: EventStream, formatter: GraphqlFormatter): AsyncGenerator {
  try {
    yield* events;
  } catch (error) {
    const { message, extensions } = formatter.ofStream(error);
    const plain = { message, extensions };
    yield { errors: [{ ...plain, toJSON: () => plain }] };
  }
}

/** Mercurius tells the client of what the source fails with. */
async function* failingWell(events: EventStream, formatter: GraphqlFormatter): AsyncGenerator {
  try {
    yield* events;
  } catch (error) {
    throw formatter.ofStream(error);
  }
}
