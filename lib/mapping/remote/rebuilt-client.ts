import { isObservable } from 'rxjs';
import { type RebuildOptions, rebuildErrors } from './rebuild-errors.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What of a client answers with an Observable. */
const CALLS = new Set<unknown>(['send', 'emit']);
/** What of a client for gRPC answers with an object of methods that do. */
const SERVICES = 'getService';

/**
 * The same client, whose calls fail with the exceptions that the service threw: {@link rebuildErrors}
 * behind `send()` and `emit()` of Nest's `ClientProxy`, and behind each method of the services of
 * `ClientGrpc`. The client that is given stays as it was.
 *
 * @example
 * ```ts
 * { provide: LOANS, useFactory: () => withRebuiltErrors(ClientProxyFactory.create({ … })) }
 * ```
 * @throws TypeError where an option is wrong.
 * @publicApi
 */
export function withRebuiltErrors<Client extends object>(
  client: Client,
  options?: RebuildOptions,
): Client {
  const rebuild = rebuildErrors<unknown>(options);
  const piped = (result: unknown) => (isObservable(result) ? result.pipe(rebuild) : result);
  return new Proxy(client, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function' || name === 'constructor') {
        return value;
      }
      const method = value as Method;
      if (CALLS.has(name)) {
        return (...args: unknown[]) => piped(method.apply(target, args));
      }
      if (name === SERVICES) {
        return (...args: unknown[]) => {
          const service = Object(method.apply(target, args)) as Readonly<Record<string, Method>>;
          return Object.fromEntries(
            Object.entries(service).map(([key, call]) => [
              key,
              (...given: unknown[]) => piped(call.apply(service, given)),
            ]),
          );
        };
      }
      // Bound, as methods may use private members
      return method.bind(target);
    },
  });
}
