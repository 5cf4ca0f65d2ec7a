import type { Type } from '@nestjs/common';
import { isClass } from '../contract/options/is-class.js';
import {
  flag,
  objectOf,
  optional,
  type OptionReaders,
  refuseOption,
  that,
  withDefault,
} from '../contract/options/option-readers.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';
import { type DpopSettings, readDpop } from './dpop/dpop.settings.js';
import { type MutualTlsSettings, readMutualTls } from './mutual-tls/mutual-tls.settings.js';
import { readAuthorizationServers, readResource } from './resource-metadata/protected-resource.js';
import type { BearerOptions } from './bearer.options.js';

/** Who may call, read and with its defaults. @internal */
export interface BearerSettings extends Omit<BearerOptions, 'dpop' | 'mutualTls'> {
  readonly realm: string;
  readonly global: boolean;
  readonly formToken: boolean;
  /** `undefined` where proofs are not taken. */
  readonly dpop: DpopSettings | undefined;
  /** `undefined` where no certificates are looked at. */
  readonly mutualTls: MutualTlsSettings | undefined;
}

const readOptions = objectOf({
  realm: withDefault(
    'api',
    that<string>(
      'takes printable ASCII, as a quoted-string carries it everywhere (RFC 9110 §5.6.4)',
      (given) => typeof given === 'string' && /^[\x20-\x7e]+$/.test(given),
    ),
  ),
  verifier: optional(
    that<Type<TokenVerifier> | TokenVerifier>(
      'takes a TokenVerifier: a class, or an object, with a method verify(token)',
      isVerifier,
    ),
  ),
  global: flag(),
  formToken: flag(),
  dpop: (given): unknown => given,
  mutualTls: readMutualTls,
  resource: optional(readResource),
  authorizationServers: optional(readAuthorizationServers),
} satisfies OptionReaders<BearerOptions>);

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function readBearer(given: unknown, name: string): BearerSettings {
  const options = readOptions(given, name);
  if (options.global && options.verifier === undefined) {
    refuseOption(
      `${name}.verifier`,
      'is missing, and bearer.global guards every route; give it a TokenVerifier, such as ' +
        'JwtTokenVerifier of nestjs-api-errors/jwt',
    );
  }
  if (options.authorizationServers && options.resource === undefined) {
    refuseOption(
      `${name}.resource`,
      'is missing, and authorizationServers are part of its metadata; give it the URL of the API',
    );
  }
  return { ...options, dpop: readDpop(options.dpop, `${name}.dpop`, options.resource) };
}

function isVerifier(given: unknown): boolean {
  return isClass(given) || typeof Object(given).verify === 'function';
}
