/**
 * JWS algorithms that a verifier may be told to take: the asymmetric ones (RFC 7518 §3.1, RFC 8037
 * §3.1, RFC 9864 §2.2). A resource server has no secret to share with its issuer, so `none` and
 * HMAC are never among them (RFC 8725 §3.1 and §3.2, RFC 9068 §2.1).
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

/** One of {@link asymmetricAlgorithms}. @publicApi */
export type AsymmetricAlgorithm = (typeof asymmetricAlgorithms)[number];
