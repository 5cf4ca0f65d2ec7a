import { type Credentials, parseCredentials } from '../../contract/challenge/credentials.parser.js';
import { type AnyRequest, headerLines, requestTarget } from '../../nest/request.js';

/** Which ways of sending a token are taken. @internal */
export interface CredentialsRules {
  readonly formToken: boolean;
  /** Auth schemes, in lower case. */
  readonly schemes: readonly string[];
}

const MALFORMED: Credentials = Object.freeze({ kind: 'malformed', scheme: 'bearer' });
const NONE: Credentials = Object.freeze({ kind: 'none' });
/** RFC 6750 §2.2: methods whose body has a defined meaning. */
const FORM_METHODS = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The credentials of a request. More than one way of sending them is malformed (RFC 6750 §2: "MUST
 * NOT use more than one method"); a token in the query alone is as if nothing was sent (RFC 6750 §5.3
 * and RFC 9700 §4.3.2: it ends in logs and histories), as is one in a form unless `formToken` is on.
 *
 * @internal
 */
export function readCredentials(
  request: AnyRequest,
  { formToken, schemes }: CredentialsRules,
): Credentials {
  const { authorization } = request.headers;
  const form = formTokenOf(request);
  if (authorization === undefined) {
    return form !== undefined && formToken && !hasQueryToken(request) ? fromForm(form) : NONE;
  }
  if (
    form !== undefined ||
    hasQueryToken(request) ||
    headerLines(request, 'authorization').length > 1
  ) {
    return MALFORMED;
  }
  return parseCredentials(authorization, schemes);
}

function hasQueryToken(request: AnyRequest): boolean {
  const target = requestTarget(request);
  const at = target.indexOf('?');
  if (at === -1 || !/access|%/i.test(target)) {
    return false;
  }
  // Read apart from the application's parser, which may stop early or know other separators
  const names = [...new URLSearchParams(target.slice(at + 1).replaceAll(';', '&')).keys()];
  return names.some((name) => name === 'access_token' || name.startsWith('access_token['));
}

/** RFC 6750 §2.2: an urlencoded body. */
function formTokenOf({ method = '', headers, body }: AnyRequest): unknown {
  const isForm =
    typeof body === 'object' &&
    body !== null &&
    Object.hasOwn(body, 'access_token') &&
    FORM_METHODS.has(method) &&
    /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  return isForm ? (body as { access_token: unknown }).access_token : undefined;
}

/** A parameter sent twice arrives as an array, and is malformed like any other text. */
function fromForm(token: unknown): Credentials {
  return typeof token === 'string' && !token.startsWith(' ')
    ? parseCredentials(`Bearer ${token}`)
    : MALFORMED;
}
