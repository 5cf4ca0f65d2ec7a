/**
 * JWS algorithms that a verifier may be told to take: the asymmetric ones (RFC 7518 §3.1, RFC 8037
 * §3.1, RFC 9864 §2.2). `none` and HMAC are never among them (RFC 8725 §3.1 and §3.2, RFC 9068 §2.1).
 *
 * @publicApi
 */
export const asymmetricAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

/**
 * JWS algorithms of a shared secret (RFC 7518 §3.2). Taken only by a verifier that was given the
 * secret, which then takes no others: a public key is never one (RFC 8725 §2.1).
 *
 * @publicApi
 */
export const symmetricAlgorithms = ['HS256', 'HS384', 'HS512'] as const;

/** One of {@link symmetricAlgorithms}. @publicApi */
export type SymmetricAlgorithm = (typeof symmetricAlgorithms)[number];

/** One of {@link asymmetricAlgorithms}. @publicApi */
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number];

/** The JWK type of the keys of an algorithm, and their curve (RFC 7518 §6.1, RFC 8037 §2). @internal */
export interface KeyType {
  readonly kty: 'RSA' | 'EC' | 'OKP';
  readonly crv?: string;
}

const CURVES: Partial<Record<AsymmetricAlgorithm, KeyType>> = {
  ES256: { kty: 'EC', crv: 'P-256' },
  ES384: { kty: 'EC', crv: 'P-384' },
  ES512: { kty: 'EC', crv: 'P-521' },
  EdDSA: { kty: 'OKP', crv: 'Ed25519' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519' },
};
const RSA: KeyType = { kty: 'RSA' };

/** @internal */
export function keyTypeOf(alg: AsymmetricAlgorithm): KeyType {
  return CURVES[alg] ?? RSA;
}
