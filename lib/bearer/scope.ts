// scope-token = 1*( %x21 / %x23-5B / %x5D-7E ), RFC 6749 §3.3
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/**
 * @param where - what named the scopes, for the message
 * @throws TypeError where a scope is not a scope-token (RFC 6749 §3.3), or none is named.
 * @internal
 */
export function assertScopes(scopes: readonly unknown[], where: string): void {
  if (scopes.length === 0) {
    throw new TypeError(`${where} names no scope; give it one, such as 'books.read'.`);
  }
  for (const scope of scopes) {
    if (typeof scope !== 'string' || !SCOPE_TOKEN.test(scope)) {
      throw new TypeError(
        `${where}: '${String(scope)}' is not a scope (RFC 6749 §3.3: printable ASCII without ` +
          `spaces, quotes and backslashes); give several scopes as several arguments.`,
      );
    }
  }
}
