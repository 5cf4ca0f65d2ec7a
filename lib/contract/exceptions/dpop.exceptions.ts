import { contractRows as rows } from '../catalogue/contract-rows.js';
import { type BearerExceptionOptions, refusalClass } from './refusal-class.js';

/**
 * 401 UNAUTHORIZED with `DPoP error="invalid_dpop_proof"`: the proof of possession is missing,
 * malformed, too old, used before or of another request (RFC 9449 §7.1).
 *
 * @publicApi
 */
export class InvalidDpopProofException extends refusalClass(
  rows.unauthorized,
  'The DPoP proof is not valid.',
  { scheme: 'DPoP', error: 'invalid_dpop_proof' },
) {}

/**
 * 401 UNAUTHORIZED with `DPoP error="use_dpop_nonce"` and a `DPoP-Nonce` header: the proof has to hold
 * that nonce (RFC 9449 §9).
 *
 * @publicApi
 */
export class UseDpopNonceException extends refusalClass(
  rows.unauthorized,
  'The DPoP proof has to hold the nonce of the DPoP-Nonce header.',
  { scheme: 'DPoP', error: 'use_dpop_nonce' },
) {
  /** @param nonce - what the proof has to hold */
  constructor(
    nonce: string,
    descriptionOrOptions?: string | BearerExceptionOptions,
    options?: BearerExceptionOptions,
  ) {
    super(descriptionOrOptions, options, { headers: { 'DPoP-Nonce': nonce } });
  }
}
