import { createSecretKey, type KeyObject } from 'node:crypto';
import {
  type OptionReader,
  refuseOption,
  secretThat,
  that,
} from '../../../contract/options/option-readers.js';
import { SECRET_BITS } from '../../jws/hmac.js';
import { type JsonWebKeySet, KeySet } from '../../jws/key-set.js';
import { isPrivateJwk } from '../../jws/public-jwk.js';

/** Reads what issuer and API share. @internal */
export function readSecret(given: unknown, name: string): KeyObject {
  const read = secretThat<string | Uint8Array>(
    'is a text or bytes of 256 bits at least (RFC 7518 §3.2), such as those of randomBytes(32)',
    (secret) =>
      typeof secret === 'string' || secret instanceof Uint8Array
        ? Buffer.byteLength(secret) * 8 >= SECRET_BITS.HS256
        : false,
  );
  return createSecretKey(Buffer.from(read(given, name) as Uint8Array));
}

/** Reads the keys of an issuer. @internal */
export function readKeys(given: unknown, name: string): KeySet {
  const read: OptionReader<JsonWebKeySet> = that(
    'is a JWK Set: { keys: [ … ] } with one key or more',
    (set) => {
      const { keys } = Object(set) as Partial<JsonWebKeySet>;
      return Array.isArray(keys) && keys.length > 0;
    },
  );
  const { keys } = read(given, name);
  if (keys.some((key) => isPrivateJwk(Object(key)))) {
    refuseOption(name, 'holds public keys only; leave out what is private or symmetric');
  }
  try {
    return new KeySet({ keys });
  } catch (cause) {
    throw new TypeError(`${name} is not a valid JWK Set.`, { cause });
  }
}
