import { toAscii } from './ascii-text.js';
import { SCOPE_TOKEN } from './challenge.grammar.js';

const MAX_TEXT = 300;
const MAX_VALUE = 2048;
const MAX_SCOPE = 4096;

/** NQSCHAR (RFC 6749 appendix A): SP and VCHAR without `"` and `\`. */
const NQSCHARS = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/;
/** The characters of a URI-reference (RFC 3986 appendix A), with one fragment at most. */
const URI_REFERENCE =
  /^(?:[\w\-.~:/?[\]@!$&'()*+,;=]|%[\dA-Fa-f]{2})+(?:#(?:[\w\-.~:/?@!$&'()*+,;=]|%[\dA-Fa-f]{2})*)?$/;
const DIGITS = /^\d{1,10}$/;
const QUOTABLE = /^[\t\x20-\x7e]*$/;
const LETTER_OR_DIGIT = /[A-Za-z0-9]/;

type ValueWriter = (value: string) => string | undefined;

const writers = new Map<string, ValueWriter>([
  ['realm', writeRealm],
  ['error', writeText],
  ['error_description', writeText],
  ['error_uri', writeUri],
  ['scope', writeScope],
  ['max_age', (value) => (DIGITS.test(value) ? value : undefined)],
  ['resource_metadata', writeUri],
]);

/**
 * The value of an auth-param as it stands between the quotes, within the character set that its
 * name has in RFC 6750 §3 and within bounded length. Prose is cleaned and cut; what would be another
 * value when cut (a URI, a nonce) is left out.
 *
 * @returns `undefined` where nothing of the value can be sent.
 * @internal
 */
export function writeValue(name: string, value: unknown): string | undefined {
  return typeof value === 'string' ? (writers.get(name) ?? writeQuoted)(value) : undefined;
}

function writeText(value: string): string | undefined {
  if (value.length <= MAX_TEXT && NQSCHARS.test(value)) {
    return value === '' ? undefined : value;
  }
  const text = shortened(value).replaceAll('"', "'").replaceAll('\\', '/');
  return LETTER_OR_DIGIT.test(text) ? text : undefined;
}

// Never left out: it may be the one auth-param that a challenge needs (RFC 9110 §11.3)
function writeRealm(value: string): string {
  return escaped(value.length <= MAX_TEXT && QUOTABLE.test(value) ? value : shortened(value));
}

function writeUri(value: string): string | undefined {
  return value.length <= MAX_VALUE && URI_REFERENCE.test(value) ? value : undefined;
}

function writeScope(value: string): string | undefined {
  if (value.length <= MAX_SCOPE && SCOPE.test(value)) {
    return value;
  }
  // A scope-token cut in two would name another scope
  const end = value.length <= MAX_SCOPE ? MAX_SCOPE : value.lastIndexOf(' ', MAX_SCOPE);
  const tokens = value.slice(0, Math.max(0, end)).split(' ');
  return tokens.filter((token) => SCOPE_TOKEN.test(token)).join(' ') || undefined;
}

function writeQuoted(value: string): string | undefined {
  if (value.length > MAX_VALUE) {
    return undefined;
  }
  const text = QUOTABLE.test(value) ? value : toAscii(value);
  return text.length > MAX_VALUE ? undefined : escaped(text);
}

function shortened(value: string): string {
  const text = toAscii(value.slice(0, MAX_TEXT));
  const complete = value.length <= MAX_TEXT && text.length <= MAX_TEXT;
  return complete ? text : `${text.slice(0, MAX_TEXT - 3)}...`;
}

/** quoted-pair (RFC 9110 §5.6.4). */
function escaped(value: string): string {
  return value.includes('"') || value.includes('\\') ? value.replace(/["\\]/g, '\\$&') : value;
}
