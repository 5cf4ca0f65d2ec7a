import { type AnyRequest, headerLines } from '../../nest/request.js';
import type { AsymmetricAlgorithm } from '../../tokens/jws/algorithms.js';
import { type CompactJwt, parseCompactJwt } from '../../tokens/jws/compact-jwt.js';
import { toSubtype } from '../../tokens/jws/media-type.js';
import { type PublicJwk, readPublicJwk } from '../../tokens/jws/public-jwk.js';
import { refusedProof } from './proof.refusal.js';

/** Room for an RSA key of 8,192 bits and its signature. */
const MAX_PROOF_LENGTH = 8 * 1024;

/** A DPoP proof whose header is one; nothing of its claims believed yet. @internal */
export interface DpopProof extends CompactJwt {
  readonly alg: AsymmetricAlgorithm;
  readonly key: PublicJwk;
}

/**
 * Reads the proof of a request: one header line, one JWT of type `dpop+jwt`, signed in an asymmetric
 * algorithm with the public key that it brings (RFC 9449 §4.3, checks 1 to 5 and 7).
 *
 * @throws InvalidDpopProofException
 * @internal
 */
export function readProof(request: AnyRequest, algorithms: ReadonlySet<unknown>): DpopProof {
  const lines = headerLines(request, 'dpop');
  if (lines.length !== 1) {
    throw refusedProof('invalid', lines.length === 0 ? 'missing' : 'sent more than once');
  }
  const [text] = lines as [string];
  if (text.length > MAX_PROOF_LENGTH) {
    throw refusedProof('invalid', 'longer than 8 KiB');
  }
  const jwt = parseCompactJwt(text, (reason) => refusedProof('invalid', reason));
  const { typ, alg, crit, b64, jwk } = jwt.header;
  if (toSubtype(typ) !== 'dpop+jwt') {
    throw refusedProof('invalid', 'typ is not dpop+jwt');
  }
  if (!algorithms.has(alg)) {
    throw refusedProof('invalid', 'alg is not one of those allowed');
  }
  // RFC 7515 §4.1.11: an extension that is not understood, and none is
  if (crit !== undefined || b64 !== undefined) {
    throw refusedProof('invalid', 'header has crit or b64');
  }
  const key = readPublicJwk(jwk, alg as AsymmetricAlgorithm);
  if (typeof key === 'string') {
    throw refusedProof('invalid', key);
  }
  return { ...jwt, alg: alg as AsymmetricAlgorithm, key };
}
