import { SCOPE_TOKEN } from '../../contract/challenge/challenge.grammar.js';

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
