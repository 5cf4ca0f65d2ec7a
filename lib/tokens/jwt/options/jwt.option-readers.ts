import {
  flag,
  functionThat,
  listOf,
  numberFrom,
  objectOf,
  optional,
  type OptionReaders,
  texts,
  that,
  withDefault,
} from '../../../contract/options/option-readers.js';
import {
  type AsymmetricAlgorithm,
  asymmetricAlgorithms,
  type SymmetricAlgorithm,
  symmetricAlgorithms,
} from '../../jws/algorithms.js';
import { toSubtype } from '../../jws/media-type.js';
import type { JwtOptions, TokenCacheOptions } from './jwt-token-verifier.options.js';
import { readKeys, readSecret } from './key.option-readers.js';

const readCacheBounds = objectOf({
  maxEntries: withDefault(5_000, numberFrom(1, Number.MAX_SAFE_INTEGER, { whole: true })),
  maxAge: withDefault(60, numberFrom(0, 60, { unit: 'seconds' })),
} satisfies OptionReaders<TokenCacheOptions>);

const isText = (given: unknown) => typeof given === 'string' && given !== '';
const algorithms: ReadonlySet<unknown> = new Set([...asymmetricAlgorithms, ...symmetricAlgorithms]);
const isType = (given: unknown) => given === null || Boolean(toSubtype(given));

/** Reads each option by itself; what two of them say together is another matter. @internal */
export const readJwtOptions = objectOf({
  issuer: optional(texts('a URL')),
  allowInsecureIssuer: flag(),
  audience: optional(texts('the name of this API in aud')),
  clientIds: optional(texts('the id of a client')),
  algorithms: optional(
    listOf<AsymmetricAlgorithm | SymmetricAlgorithm>(
      `takes algorithms such as those of asymmetricAlgorithms (${asymmetricAlgorithms.join(', ')})`,
      (name) => algorithms.has(name),
    ),
  ),
  typ: withDefault(
    'at+jwt',
    that<NonNullable<JwtOptions['typ']>>(
      `is a media type such as 'at+jwt', null for none, an array of these, or false to take any`,
      (given) =>
        given === false ||
        (Array.isArray(given) ? given.length > 0 && given.every(isType) : isType(given)),
    ),
  ),
  required: optional(
    listOf<string | readonly string[]>(
      'takes an array of claims, or of arrays of which one has to be there',
      (given) => isText(given) || (Array.isArray(given) && given.length > 0 && given.every(isText)),
    ),
  ),
  forbidden: optional(listOf<string>('takes an array of claims', isText)),
  claims: optional(
    that<NonNullable<JwtOptions['claims']>>(
      'takes an object with claims and what each has to be: a value, or an array of one or more',
      (given) =>
        typeof given === 'object' &&
        given !== null &&
        !Array.isArray(given) &&
        Object.values(given).every(isClaimDemand),
    ),
  ),
  scopes: optional(
    functionThat<NonNullable<JwtOptions['scopes']>>('takes a function from claims to scopes'),
  ),
  check: optional(
    functionThat<NonNullable<JwtOptions['check']>>(
      'takes a function from claims to the reason why a token is refused',
    ),
  ),
  clockTolerance: withDefault(0, numberFrom(0, 300, { unit: 'seconds' })),
  jwksUri: (given: unknown) => given,
  jwks: optional(readKeys),
  secret: optional(readSecret),
  cache: (given: unknown = true, name: string) =>
    given === false ? undefined : readCacheBounds(given === true ? {} : given, name),
} satisfies OptionReaders<JwtOptions>);

/** Options that were read one by one. @internal */
export type ReadJwtOptions = ReturnType<typeof readJwtOptions>;

function isClaimDemand(given: unknown): boolean {
  return Array.isArray(given) ? given.length > 0 && given.every(isClaimValue) : isClaimValue(given);
}

function isClaimValue(given: unknown): boolean {
  return typeof given !== 'object'
    ? ['string', 'number', 'boolean'].includes(typeof given)
    : given === null || given instanceof RegExp || Object.values(given).every(isClaimDemand);
}
