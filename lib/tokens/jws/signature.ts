import { constants, type KeyObject, verify, type VerifyKeyObjectInput } from 'node:crypto';
import type { AsymmetricAlgorithm } from './algorithms.js';

interface SignatureScheme {
  /** Ed25519 brings its own. */
  readonly hash: string | null;
  readonly params?: Omit<VerifyKeyObjectInput, 'key'>;
  /** Takes OpenSSL the better part of a millisecond or more: not on the event loop. */
  readonly slow?: boolean;
}

/** RFC 7518 §3.3: RSASSA-PKCS1-v1_5. */
const pkcs1 = (hash: string): SignatureScheme => ({
  hash,
  params: { padding: constants.RSA_PKCS1_PADDING },
});
/** RFC 7518 §3.5: the salt is as long as the hash. */
const pss = (hash: string, saltLength: number): SignatureScheme => ({
  hash,
  params: { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength },
});
/** RFC 7518 §3.4: R and S one after the other, not DER. */
const ecdsa = (hash: string, slow: boolean): SignatureScheme => ({
  hash,
  params: { dsaEncoding: 'ieee-p1363' },
  slow,
});
/** RFC 8037 §3.1. */
const ed25519: SignatureScheme = { hash: null };

const SCHEMES: Readonly<Record<AsymmetricAlgorithm, SignatureScheme>> = {
  RS256: pkcs1('sha256'),
  RS384: pkcs1('sha384'),
  RS512: pkcs1('sha512'),
  PS256: pss('sha256', 32),
  PS384: pss('sha384', 48),
  PS512: pss('sha512', 64),
  ES256: ecdsa('sha256', false),
  ES384: ecdsa('sha384', true),
  ES512: ecdsa('sha512', true),
  EdDSA: ed25519,
  Ed25519: ed25519,
};

/**
 * Whether a compact JWS was signed with a key, which was chosen and imported for that algorithm.
 *
 * Node's one call does this in a quarter to a half of the CPU time of WebCrypto, through which jose
 * goes, and says no without an exception. It never throws for what is in a signature.
 *
 * @param jws - three base64url parts
 * @internal
 */
export function isSignedBy(
  jws: string,
  alg: AsymmetricAlgorithm,
  key: KeyObject,
): boolean | Promise<boolean> {
  const { hash, params, slow } = SCHEMES[alg];
  const end = jws.lastIndexOf('.');
  const input = Buffer.from(jws.slice(0, end), 'latin1');
  const signature = Buffer.from(jws.slice(end + 1), 'base64url');
  const keyInput = { key, ...params };
  if (slow !== true) {
    return verify(hash, input, keyInput, signature);
  }
  return new Promise((resolve, reject) => {
    verify(hash, input, keyInput, signature, (error, isGood) =>
      error === null ? resolve(isGood) : reject(error),
    );
  });
}
