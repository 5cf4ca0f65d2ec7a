import { inspect } from 'node:util';
import { type ClientAuth, ClientSecretBasic, ClientSecretPost, PrivateKeyJwt } from 'oauth4webapi';
import { isTrustworthyUrl } from '../issuer/issuer-url.js';
import type { SharedStore } from '../store/shared.store.js';
import type { IntrospectionTokenVerifierOptions } from './introspection-token-verifier.options.js';

const DEFAULT_MAX_AGE = 30;
const LONGEST_MAX_AGE = 60;
const DEFAULT_MAX_ENTRIES = 5_000;
const SECRET_METHODS = {
  client_secret_basic: ClientSecretBasic,
  client_secret_post: ClientSecretPost,
};

type Options = IntrospectionTokenVerifierOptions;

/** The options of a verifier, checked and with their defaults. @internal */
export interface IntrospectionSettings {
  readonly issuer: string;
  readonly audiences: ReadonlySet<unknown>;
  readonly clientId: string;
  readonly clientAuth: ClientAuth;
  readonly endpoint: URL | undefined;
  readonly cache: CacheSettings | undefined;
}

/** @internal */
export interface CacheSettings {
  /** Seconds. */
  readonly maxAge: number;
  readonly maxEntries: number;
  readonly store: SharedStore | undefined;
}

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function toSettings(options: Options): IntrospectionSettings {
  const given: Partial<Options> = Object(options);
  const { clientId, endpoint } = given;
  if (typeof clientId !== 'string' || clientId === '') {
    throw wrong('clientId', 'is needed: the name of this API at the authorization server');
  }
  return {
    issuer: toUrl('issuer', given.issuer) && given.issuer!,
    audiences: new Set(toAudiences(given.audience)),
    clientId,
    clientAuth: toClientAuth(given),
    endpoint: endpoint === undefined ? undefined : new URL(toUrl('endpoint', endpoint)),
    cache: toCache(given.cache ?? true),
  };
}

function wrong(option: string, demand: string): TypeError {
  return new TypeError(`IntrospectionTokenVerifier: ${option} ${demand}.`);
}

function toUrl(option: string, value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !isTrustworthyUrl(url) || url.username !== '' || url.hash !== '') {
    const demand = 'is an https: URL, or http: on a loopback host (127.0.0.1, [::1], localhost)';
    throw wrong(option, `${demand}; got ${inspect(value, { depth: 1 })}`);
  }
  return value as string;
}

function toAudiences(value: unknown): unknown[] {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    throw wrong('audience', 'is needed: a string, or an array of one or more');
  }
  return names;
}

function toClientAuth(options: Partial<Options>): ClientAuth {
  const { clientSecret, privateKey, clientAuthentication = 'client_secret_basic' } = options;
  if ((clientSecret === undefined) === (privateKey === undefined)) {
    throw wrong('clientSecret', 'or privateKey is needed, one of the two');
  }
  if (privateKey !== undefined) {
    try {
      return PrivateKeyJwt(privateKey);
    } catch (cause) {
      const demand = 'is a private CryptoKey, or { key, kid } with one';
      throw new TypeError(wrong('privateKey', demand).message, { cause });
    }
  }
  if (typeof clientSecret !== 'string' || clientSecret === '') {
    throw wrong('clientSecret', 'is a string');
  }
  if (!Object.hasOwn(SECRET_METHODS, clientAuthentication)) {
    throw wrong('clientAuthentication', `is one of ${Object.keys(SECRET_METHODS).join(', ')}`);
  }
  return SECRET_METHODS[clientAuthentication](clientSecret);
}

function toCache(value: unknown): CacheSettings | undefined {
  if (value === false) {
    return undefined;
  }
  if (value !== true && (typeof value !== 'object' || value === null)) {
    throw wrong('cache', 'is true, false or { maxAge, maxEntries, store }');
  }
  const {
    maxAge = DEFAULT_MAX_AGE,
    maxEntries = DEFAULT_MAX_ENTRIES,
    store,
  } = Object(value) as Partial<CacheSettings>;
  if (typeof maxAge !== 'number' || !(maxAge >= 0 && maxAge <= LONGEST_MAX_AGE)) {
    throw wrong('cache.maxAge', `is seconds, 0 to ${LONGEST_MAX_AGE}`);
  }
  if (!Number.isInteger(maxEntries) || maxEntries < 1) {
    throw wrong('cache.maxEntries', 'is a whole number, 1 at least');
  }
  if (store !== undefined && typeof store?.setIfAbsent !== 'function') {
    throw wrong('cache.store', 'is a SharedStore, such as RedisStore of nestjs-api-errors/redis');
  }
  return { maxAge, maxEntries, store };
}
