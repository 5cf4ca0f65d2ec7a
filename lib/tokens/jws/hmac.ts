import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { SymmetricAlgorithm } from './algorithms.js';

/** Bits of the hash of each algorithm, which its secret has at least (RFC 7518 §3.2). @internal */
export const SECRET_BITS: Readonly<Record<SymmetricAlgorithm, number>> = {
  HS256: 256,
  HS384: 384,
  HS512: 512,
};

/**
 * Whether a compact JWS was made with a secret, compared in constant time.
 *
 * @param jws - three base64url parts
 * @internal
 */
export function isMadeWith(jws: string, alg: SymmetricAlgorithm, secret: KeyObject): boolean {
  const end = jws.lastIndexOf('.');
  const mac = createHmac(`sha${SECRET_BITS[alg]}`, secret).update(jws.slice(0, end)).digest();
  const given = Buffer.from(jws.slice(end + 1), 'base64url');
  return given.length === mac.length && timingSafeEqual(given, mac);
}
