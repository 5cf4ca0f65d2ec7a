import { hash } from 'node:crypto';
import type { DpopSettings } from './dpop.settings.js';
import { refusedProof } from './proof.refusal.js';
import { normalizedUri, targetUri } from './target-uri.js';

/** What a client makes up may be long, and has to be remembered. */
const MAX_JTI_LENGTH = 256;

/** What a proof has to be for. @internal */
export interface ProofTarget {
  readonly method: string;
  /** The request target, as sent. */
  readonly target: string;
  readonly accessToken: string;
}

/** What is left to look up of a proof whose claims hold. @internal */
export interface ProofClaims {
  readonly jti: string;
  /** Of the request, normalised. */
  readonly uri: string;
  /** Seconds since the epoch at which nobody takes the proof any more. */
  readonly staleAt: number;
  readonly nonce: unknown;
}

/**
 * Checks that a proof was made for this request, with this token, just now (RFC 9449 §4.3, checks 3,
 * 8, 9, 11 and 12a).
 *
 * @throws InvalidDpopProofException
 * @internal
 */
export function checkProofClaims(
  claims: Readonly<Record<string, unknown>>,
  { method, target, accessToken }: ProofTarget,
  { baseUrl, maxAge, clockTolerance }: DpopSettings,
): ProofClaims {
  const { jti, htm, htu, iat, ath, nonce } = claims;
  const now = Date.now() / 1000;
  if (typeof jti !== 'string' || jti === '' || jti.length > MAX_JTI_LENGTH) {
    throw refusedProof('invalid', 'jti is no short string');
  }
  if (htm !== method) {
    throw refusedProof('invalid', 'htm is not the method of the request');
  }
  const uri = targetUri(baseUrl, target);
  if (uri === undefined || normalizedUri(htu) !== uri) {
    throw refusedProof('invalid', `htu is not the URI of the request below ${baseUrl}`);
  }
  if (typeof iat !== 'number' || !(iat <= now + clockTolerance)) {
    throw refusedProof('stale', 'iat is in the future or no date');
  }
  const staleAt = iat + maxAge + clockTolerance;
  if (now > staleAt) {
    throw refusedProof('stale', 'iat is too long ago');
  }
  if (ath !== hash('sha256', accessToken, 'base64url')) {
    throw refusedProof('invalid', 'ath is not the hash of the token');
  }
  return { jti, uri, staleAt, nonce };
}
