import { writeValue } from './auth-param.values.js';
import type { Challenge } from './challenge.js';
import { TOKEN, TOKEN68 } from './challenge.grammar.js';

const MAX_SCHEME = 64;
const MAX_LENGTH = 8192;
const FIRST = ['realm', 'error', 'error_description', 'error_uri', 'scope'];

/**
 * Writes a challenge as the value of one `WWW-Authenticate` header line (RFC 9110 §11.6.1, RFC 6750
 * §3). Whatever the texts in it are, the result is a valid header value of at most 8 KiB: each
 * auth-param once, by lower-case name; names that are no token and values that cannot be sent left
 * out; `realm`, `error`, `error_description`, `error_uri` and `scope` first, then the others in the
 * order given. Every value is a quoted-string, which RFC 9110 §11.5 demands of `realm` and allows
 * everywhere. A token68 that is one takes the place of auth-params.
 *
 * Never throws. A challenge left without auth-params is its bare scheme.
 *
 * @returns the empty string where the scheme is no token, and no header can be written.
 * @publicApi
 */
export function buildChallenge(challenge: Challenge): string {
  const { scheme, token68 } = challenge;
  if (typeof scheme !== 'string' || scheme.length > MAX_SCHEME || !TOKEN.test(scheme)) {
    return '';
  }
  if (typeof token68 === 'string' && token68.length < MAX_LENGTH / 2 && TOKEN68.test(token68)) {
    return `${scheme} ${token68}`;
  }
  const params = byLowerCaseName(challenge.params);
  let line = scheme;
  for (const name of FIRST) {
    line = withParam(line, scheme, name, params.get(name));
    params.delete(name);
  }
  for (const [name, value] of params) {
    line = withParam(line, scheme, name, value);
  }
  return line;
}

function byLowerCaseName(params: Challenge['params'] | undefined): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(params ?? {})) {
    // Before the case changes: the Kelvin sign's lower case is the letter k
    if (TOKEN.test(name) && !values.has(name.toLowerCase())) {
      values.set(name.toLowerCase(), value);
    }
  }
  return values;
}

function withParam(line: string, scheme: string, name: string, value: unknown): string {
  const written = value === undefined ? undefined : writeValue(name, value);
  if (written === undefined || line.length + name.length + written.length + 5 > MAX_LENGTH) {
    return line;
  }
  return `${line}${line === scheme ? ' ' : ', '}${name}="${written}"`;
}
