import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import type { AsymmetricAlgorithm } from '../jws/algorithms.js';

/** RFC 7518 §6.2.2, §6.3.2 and §6.4, RFC 8037 §2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** The members that a thumbprint is made of, in its order (RFC 7638 §3.2, RFC 8037 §2). */
const MEMBERS = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
} as const;
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;
/** Of the longest member that a key of these sizes has. */
const MAX_MEMBER_LENGTH = Math.ceil(MAX_RSA_BITS / 6);

/** A public key as a proof's header brings it, its form checked. @internal */
export interface PublicJwk {
  readonly members: Readonly<Record<string, string>>;
  /** JWK SHA-256 Thumbprint (RFC 7638), in base64url. */
  readonly thumbprint: string;
}

/**
 * @returns why `jwk` is no public key of that algorithm, or the key
 * @internal
 */
export function readPublicJwk(jwk: unknown, alg: AsymmetricAlgorithm): PublicJwk | string {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) {
    return 'jwk is missing or no object';
  }
  if (PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name))) {
    return 'jwk holds a private or symmetric key';
  }
  const { kty, crv } = typeOf(alg);
  const values = jwk as Readonly<Record<string, unknown>>;
  if (values['kty'] !== kty || (crv !== undefined && values['crv'] !== crv)) {
    return 'jwk is of another type than alg';
  }
  const members: Record<string, string> = {};
  for (const name of MEMBERS[kty]) {
    const value = values[name];
    if (typeof value !== 'string' || value.length > MAX_MEMBER_LENGTH) {
      return `jwk has no ${name} that may be used`;
    }
    members[name] = value;
  }
  return { members, thumbprint: hash('sha256', JSON.stringify(members), 'base64url') };
}

/**
 * @returns `undefined` where there is no such key, or none of a size to be trusted
 * @internal
 */
export function importPublicJwk({ members }: PublicJwk): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { ...members }, format: 'jwk' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? MIN_RSA_BITS;
    return bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS ? key : undefined;
  } catch {
    return undefined;
  }
}

/** RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2. */
function typeOf(alg: AsymmetricAlgorithm): { kty: keyof typeof MEMBERS; crv?: string } {
  switch (alg) {
    case 'ES256':
      return { kty: 'EC', crv: 'P-256' };
    case 'ES384':
      return { kty: 'EC', crv: 'P-384' };
    case 'ES512':
      return { kty: 'EC', crv: 'P-521' };
    case 'EdDSA':
    case 'Ed25519':
      return { kty: 'OKP', crv: 'Ed25519' };
    default:
      return { kty: 'RSA' };
  }
}
