/** The same in every copy of this library: one has the guard, another may answer. */
const USED_SCHEME = Symbol.for('nestjs-api-errors:used-scheme');

/** Notes on a request the auth scheme that it used, as the guard read it. @internal */
export function noteUsedScheme(request: object, scheme: string): void {
  Object.assign(request, { [USED_SCHEME]: scheme });
}

/** The auth scheme that the guard noted; `undefined` where the request used none. @internal */
export function usedScheme(request: object): string | undefined {
  return (request as { [USED_SCHEME]?: string })[USED_SCHEME];
}
