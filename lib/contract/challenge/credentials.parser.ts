import { TOKEN, TOKEN68 } from './challenge.grammar.js';

/**
 * What an `Authorization` header says.
 *
 * - `none`: there is no header, or nothing in it.
 * - `other`: credentials of another scheme, or no scheme at all. The scheme is not given: who forgets
 *   it puts the token in its place, and that is nothing for a log.
 * - `malformed`: the scheme is one that was asked for, what follows is not one token68.
 * - `token`: the scheme is one that was asked for, `token` is its token68.
 *
 * `scheme` is in lower case.
 *
 * @internal
 */
export type Credentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'other' }
  | { readonly kind: 'malformed'; readonly scheme: string }
  | { readonly kind: 'token'; readonly scheme: string; readonly token: string };

const NONE = Object.freeze({ kind: 'none' } as const);
const OTHER = Object.freeze({ kind: 'other' } as const);
const BEARER = ['bearer'];

/**
 * Reads the value of one `Authorization` header line (RFC 9110 §11.6.2) as HTTP parsers give it,
 * without white space around it: the scheme in any case, one or more SP, one token68 and nothing
 * else (RFC 9110 §11.4, RFC 6750 §2.1). Never throws; takes time linear in the length of the value.
 *
 * An empty value is `none`: such a request "lacks any authentication information" (RFC 6750 §3.1).
 *
 * @param value - the header's value
 * @param schemes - names of the schemes to read, in lower case
 * @internal
 */
export function parseCredentials(
  value: string | undefined,
  schemes: readonly string[] = BEARER,
): Credentials {
  if (value === undefined || value === '') {
    return NONE;
  }
  const scheme = schemeOf(value, schemes);
  if (scheme === undefined) {
    return OTHER;
  }
  const token = tokenAfter(value, scheme.length);
  return token === undefined ? { kind: 'malformed', scheme } : { kind: 'token', scheme, token };
}

/** Which of the schemes an `Authorization` header line names, whatever follows it. @internal */
export function schemeOf(value: string, schemes: readonly string[]): string | undefined {
  return schemes.find((name) => hasScheme(value, name));
}

// Not `name` alone: `Bearertoken` is a scheme of its own, `Bearer:token` is a mistake in this one
function hasScheme(value: string, name: string): boolean {
  return (
    value.length >= name.length &&
    value.slice(0, name.length).toLowerCase() === name &&
    !TOKEN.test(value.charAt(name.length))
  );
}

function tokenAfter(value: string, end: number): string | undefined {
  let start = end;
  while (value.charCodeAt(start) === 0x20) {
    start += 1;
  }
  const token = value.slice(start);
  return start > end && TOKEN68.test(token) ? token : undefined;
}
