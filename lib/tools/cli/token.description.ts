import { printable } from '../../contract/text/printable.js';
import { type CompactJwt, parseCompactJwt } from '../../tokens/jws/compact-jwt.js';
import { toSubtype } from '../../tokens/jws/media-type.js';
import { knownIssuerOf, looksLikeIdToken } from '../../tokens/jwt/diagnosis/known-issuers.js';
import { verifiedToken } from '../../tokens/verified-token.js';

/** A line of what is said of a token. @internal */
export type TokenLine = readonly [label: string, value: string];

const MAX_SHOWN = 200;

/** What a token says of itself, nothing of it verified. @internal */
export function describeToken(token: string): readonly TokenLine[] {
  try {
    return describeJwt(parseCompactJwt(token, (reason) => new Error(reason)));
  } catch (error) {
    return [['token', `no JWT (${(error as Error).message}): opaque, or encrypted for its issuer`]];
  }
}

function describeJwt(jwt: CompactJwt): readonly TokenLine[] {
  const { header, claims } = jwt;
  const { scopes, clientId } = verifiedToken(claims);
  const known = knownIssuerOf(jwt);
  return [
    ['token', kindOf(jwt)],
    [
      'header',
      `alg ${shown(header['alg'])}, typ ${shown(header['typ'])}, kid ${shown(header['kid'])}`,
    ],
    ['issuer', shown(claims['iss'])],
    ...(known ? [['looks like', `${known.name}; its preset: ${known.preset}`] as const] : []),
    ['audience', [claims['aud']].flat().map(shown).join(', ')],
    ['client', shown(clientId)],
    ['subject', shown(claims['sub'])],
    ['scopes', scopes.map(shown).join(' ') || 'none'],
    ['issued', shownDate(claims['iat'])],
    ['expires', shownDate(claims['exp'])],
  ];
}

function kindOf(jwt: CompactJwt): string {
  if (looksLikeIdToken(jwt)) {
    return 'an ID token, which is for the client, not for an API';
  }
  return toSubtype(jwt.header['typ']) === 'at+jwt'
    ? 'an access token (RFC 9068)'
    : 'a JWT whose type does not tell whether it is an access token';
}

/** A value of a token as a terminal may have it. @internal */
export function shown(value: unknown): string {
  return value === undefined
    ? 'none'
    : printable(typeof value === 'string' ? value : JSON.stringify(value), MAX_SHOWN);
}

function shownDate(value: unknown): string {
  const date = new Date(typeof value === 'number' ? value * 1000 : Number.NaN);
  if (Number.isNaN(date.getTime())) {
    return shown(value);
  }
  const seconds = Math.round((date.getTime() - Date.now()) / 1000);
  const [size, unit] = UNITS.find(([one]) => Math.abs(seconds) >= one) ?? [1, 'second'];
  const relative = new Intl.RelativeTimeFormat('en').format(Math.round(seconds / size), unit);
  return `${date.toISOString()}, ${relative}`;
}

const UNITS: readonly (readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
];
