import type { webcrypto } from 'node:crypto';
import {
  numberFrom,
  objectOf,
  objectWith,
  oneOf,
  optional,
  type OptionReaders,
  refuseOption,
  secretThat,
  texts,
  that,
  withDefault,
} from '../../contract/options/option-readers.js';
import { readIssuer, readIssuersUrl } from '../issuer/issuer-url.js';
import { type SigningKey, toSigningKey } from '../jws/signing-key.js';
import type { SharedStore } from '../store/shared.store.js';
import {
  type ClientAuthentication,
  clientSecretBasic,
  clientSecretPost,
  privateKeyJwt,
} from './client-authentication.js';
import type { QuestionRules } from './question.limits.js';
import type {
  IntrospectionCacheOptions,
  IntrospectionQuestionsOptions,
  IntrospectionTokenVerifierOptions,
} from './introspection-token-verifier.options.js';

const NAME = 'IntrospectionTokenVerifier';

/** The options of a verifier, read and with their defaults. @internal */
export interface IntrospectionSettings {
  readonly issuer: string;
  readonly audiences: ReadonlySet<unknown>;
  readonly clientId: string;
  readonly authenticate: ClientAuthentication;
  readonly endpoint: URL | undefined;
  readonly questions: QuestionRules;
  readonly cache: CacheSettings | undefined;
}

/** @internal */
export interface CacheSettings {
  /** Seconds. */
  readonly maxAge: number;
  readonly maxEntries: number;
  readonly store: SharedStore | undefined;
}

const isText = (given: unknown) => typeof given === 'string' && given !== '';

const readCache = objectOf({
  maxAge: withDefault(30, numberFrom(0, 60, { unit: 'seconds' })),
  maxEntries: withDefault(5_000, numberFrom(1, Number.MAX_SAFE_INTEGER, { whole: true })),
  store: optional(
    objectWith<SharedStore>(
      'is a SharedStore, such as RedisStore of nestjs-api-errors/redis',
      'setIfAbsent',
      'get',
    ),
  ),
} satisfies OptionReaders<IntrospectionCacheOptions>);

const readQuestions = objectOf({
  maxInFlight: withDefault(100, numberFrom(1, 10_000, { whole: true })),
  maxPerSecond: withDefault(500, numberFrom(1, Number.MAX_SAFE_INTEGER, { whole: true })),
} satisfies OptionReaders<IntrospectionQuestionsOptions>);

const readOptions = objectOf({
  issuer: readIssuer,
  audience: texts('the name of this API in aud'),
  clientId: that<string>('is needed: the name of this API at the authorization server', isText),
  clientSecret: optional(secretThat<string>('is a text', isText)),
  clientAuthentication: withDefault(
    'client_secret_basic',
    oneOf(['client_secret_basic', 'client_secret_post']),
  ),
  privateKey: (given: unknown) => given,
  endpoint: optional(readIssuersUrl),
  questions: readQuestions,
  cache: (given: unknown = true, name: string) =>
    given === false ? undefined : readCache(given === true ? {} : given, name),
} satisfies OptionReaders<IntrospectionTokenVerifierOptions>);

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function toSettings(given: unknown): IntrospectionSettings {
  const options = readOptions(given, NAME);
  const { issuer, audience, clientId, endpoint, questions, cache } = options;
  const authenticate = toAuthentication(options);
  const audiences = new Set(audience);
  return { issuer, audiences, clientId, authenticate, endpoint, questions, cache };
}

function toAuthentication({
  issuer,
  clientId,
  clientSecret,
  clientAuthentication,
  privateKey,
}: ReturnType<typeof readOptions>): ClientAuthentication {
  if (privateKey !== undefined && clientSecret === undefined) {
    return privateKeyJwt(clientId, issuer, readPrivateKey(privateKey, `${NAME}: privateKey`));
  }
  if (privateKey !== undefined || clientSecret === undefined) {
    refuseOption(`${NAME}: clientSecret`, 'or privateKey is needed, one of the two');
  }
  return clientAuthentication === 'client_secret_post'
    ? clientSecretPost(clientId, clientSecret)
    : clientSecretBasic(clientId, clientSecret);
}

function readPrivateKey(given: unknown, name: string): SigningKey {
  const { key = given, kid } = Object(given) as { key?: unknown; kid?: unknown };
  const signing =
    kid === undefined || isText(kid)
      ? toSigningKey(key as webcrypto.CryptoKey, kid as string | undefined)
      : undefined;
  return (
    signing ?? refuseOption(name, 'is a private CryptoKey that signs, or { key, kid } with one')
  );
}
