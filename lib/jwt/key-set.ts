import { KeyObject } from 'node:crypto';
import { createLocalJWKSet, type CryptoKey, errors, type JSONWebKeySet } from 'jose';
import type { KeyHint } from './header.checks.js';
import { isSignedBy } from '../jws/signature.js';

/** RFC 7518 §3.3 and §3.5. */
const MIN_RSA_BITS = 2048;

/**
 * What a key set makes of a signature: it verifies, it does not, or the set has no key for it.
 *
 * @internal
 */
export type SignatureOutcome = 'verified' | 'mismatch' | 'no-key';

/**
 * The keys that an issuer publishes, as of one moment. jose chooses and imports them (RFC 7517 §4:
 * `kty`, `use`, `key_ops`, `alg`, `crv`, `kid`); each is imported once.
 *
 * @internal
 */
export class KeySet {
  private readonly select: ReturnType<typeof createLocalJWKSet>;
  /** Keys found so far, by hint; not more than the set has keys and algorithms. */
  private readonly found = new Map<string, readonly KeyObject[]>();

  /** @throws errors.JWKSInvalid where it is no JWK Set (RFC 7517 §5). */
  constructor(jwks: JSONWebKeySet) {
    this.select = createLocalJWKSet(jwks);
  }

  /** Verifies a compact JWS, whose header the hint is of, with every key that fits it. */
  async verify(jws: string, hint: KeyHint): Promise<SignatureOutcome> {
    const keys = this.found.get(toId(hint)) ?? (await this.find(hint));
    for (const key of keys) {
      const signed = isSignedBy(jws, hint.alg, key);
      // oxlint-disable-next-line no-await-in-loop -- mostly one key; the next only if it fails
      if (signed === true || (signed !== false && (await signed))) {
        return 'verified';
      }
    }
    return keys.length > 0 ? 'mismatch' : 'no-key';
  }

  private async find(hint: KeyHint): Promise<readonly KeyObject[]> {
    const candidates = (await this.candidates(hint)).filter(isLongEnough);
    const keys = candidates.map((key) => KeyObject.from(key));
    if (keys.length > 0) {
      this.found.set(toId(hint), keys);
    }
    return keys;
  }

  /** A key that jose cannot import, or a private one, is as good as none. */
  private async candidates(hint: KeyHint): Promise<CryptoKey[]> {
    try {
      return [await this.select({ ...hint })];
    } catch (error) {
      return error instanceof errors.JWKSMultipleMatchingKeys ? collect(error) : [];
    }
  }
}

/**
 * Names what a hint looks for; two hints of one name look for the same keys.
 *
 * @internal
 */
export function toId({ alg, kid }: KeyHint): string {
  return kid === undefined ? alg : `${alg} ${kid}`;
}

async function collect(keys: AsyncIterable<CryptoKey>): Promise<CryptoKey[]> {
  const collected: CryptoKey[] = [];
  for await (const key of keys) {
    collected.push(key);
  }
  return collected;
}

function isLongEnough({ algorithm }: CryptoKey): boolean {
  return !('modulusLength' in algorithm) || Number(algorithm.modulusLength) >= MIN_RSA_BITS;
}
