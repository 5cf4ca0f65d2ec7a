import { inspect } from 'node:util';
import type { JSONWebKeySet } from 'jose';
import { asymmetricAlgorithms } from '../jws/algorithms.js';
import type { ClaimsRules } from './claims.checks.js';
import { toSubtype } from '../jws/media-type.js';
import type { HeaderRules } from './header.checks.js';
import { isTrustworthyUrl } from '../issuer/issuer-url.js';
import type { JwtTokenVerifierOptions, TokenCacheOptions } from './jwt-token-verifier.options.js';
import { KeySet } from './key-set.js';

const MAX_CLOCK_TOLERANCE = 300;
const MAX_CACHE_AGE = 60;
const DEFAULT_CACHE_ENTRIES = 5_000;
const PRIVATE_MEMBERS = ['d', 'k', 'priv'];

/**
 * The options of a verifier, checked and with their defaults.
 *
 * @internal
 */
export interface JwtSettings extends HeaderRules, ClaimsRules {
  readonly issuers: readonly string[];
  readonly jwksUri: URL | undefined;
  readonly jwks: KeySet | undefined;
  readonly cache: Required<TokenCacheOptions> | undefined;
}

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function toSettings(options: JwtTokenVerifierOptions): JwtSettings {
  const given: Partial<JwtTokenVerifierOptions> = Object(options);
  if (given.jwks !== undefined && given.jwksUri !== undefined) {
    throw wrong('jwks', 'or jwksUri is given, not both; leave one out');
  }
  return {
    issuers: toIssuers(given.issuer),
    audiences: new Set(toNames('audience', given.audience)),
    algorithms: toAlgorithms(given.algorithms),
    typ: toTyp(given.typ),
    clockTolerance: toNumber('clockTolerance', given.clockTolerance ?? 0, 0, MAX_CLOCK_TOLERANCE),
    jwksUri: given.jwksUri === undefined ? undefined : toUrl('jwksUri', given.jwksUri),
    jwks: given.jwks === undefined ? undefined : toKeys(given.jwks),
    cache: toCache(given.cache ?? true),
  };
}

function wrong(option: string, demand: string): TypeError {
  return new TypeError(`JwtTokenVerifier: ${option} ${demand}.`);
}

function toNames(option: string, value: unknown): string[] {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    throw wrong(option, `is needed: a string, or an array of one or more; got ${shown(value)}`);
  }
  return names as string[];
}

function toIssuers(value: unknown): string[] {
  const issuers = toNames('issuer', value);
  for (const issuer of issuers) {
    toUrl('issuer', issuer);
    // RFC 8414 §2
    if (/[?#]/.test(issuer)) {
      throw wrong('issuer', `has no query and no fragment; got ${shown(issuer)}`);
    }
  }
  return issuers;
}

function toUrl(option: string, value: unknown): URL {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !isTrustworthyUrl(url)) {
    const demand = 'is an https: URL, or http: on a loopback host (127.0.0.1, [::1], localhost)';
    throw wrong(option, `${demand}; got ${shown(value)}`);
  }
  if (url.username !== '' || url.password !== '') {
    throw wrong(option, 'has no user name and no password in it');
  }
  return url;
}

function toAlgorithms(value: unknown): ReadonlySet<string> {
  const names = toNames('algorithms', value ?? asymmetricAlgorithms);
  const known: readonly string[] = asymmetricAlgorithms;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const demand = `takes asymmetric algorithms only (${known.join(', ')})`;
    throw wrong('algorithms', `${demand}; got ${shown(unknown)}`);
  }
  return new Set(names);
}

function toTyp(value: unknown): string | false {
  const typ = value === false ? false : toSubtype(value ?? 'at+jwt');
  if (typ === undefined || typ === '') {
    throw wrong(
      'typ',
      `is a media type such as 'at+jwt', or false to take any; got ${shown(value)}`,
    );
  }
  return typ;
}

function toNumber(option: string, value: unknown, min: number, max: number): number {
  if (typeof value !== 'number' || !(value >= min && value <= max)) {
    throw wrong(option, `is a number from ${min} to ${max}; got ${shown(value)}`);
  }
  return value;
}

function toKeys(jwks: JSONWebKeySet): KeySet {
  const keys: unknown = Object(jwks).keys;
  if (!Array.isArray(keys) || keys.length === 0) {
    throw wrong('jwks', 'is a JWK Set: { keys: [ … ] } with one key or more');
  }
  if (keys.some((key) => PRIVATE_MEMBERS.some((member) => Object.hasOwn(Object(key), member)))) {
    throw wrong('jwks', 'holds public keys only; leave out what is private or symmetric');
  }
  try {
    return new KeySet(jwks);
  } catch (cause) {
    throw new TypeError('JwtTokenVerifier: jwks is not a valid JWK Set.', { cause });
  }
}

function toCache(value: unknown): Required<TokenCacheOptions> | undefined {
  if (value === false) {
    return undefined;
  }
  if (value !== true && (typeof value !== 'object' || value === null)) {
    throw wrong('cache', `is true, false or { maxEntries, maxAge }; got ${shown(value)}`);
  }
  const { maxEntries = DEFAULT_CACHE_ENTRIES, maxAge = MAX_CACHE_AGE }: TokenCacheOptions =
    Object(value);
  return {
    maxEntries: toNumber('cache.maxEntries', maxEntries, 1, Number.MAX_SAFE_INTEGER),
    maxAge: toNumber('cache.maxAge', maxAge, 0, MAX_CACHE_AGE),
  };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : inspect(value, { depth: 1 });
}
