import { contractRows as rows } from '../catalogue/contract-rows.js';
import { ApiException } from './api.exception.js';
import type { BearerExceptionOptions } from './bearer.exceptions.js';

/**
 * 401 UNAUTHORIZED with `DPoP error="invalid_dpop_proof"`: the proof of possession is missing,
 * malformed, too old, used before or of another request (RFC 9449 §7.1).
 *
 * @publicApi
 */
export class InvalidDpopProofException extends ApiException<401, 'UNAUTHORIZED'> {
  static readonly status = rows.unauthorized.status;
  static readonly code = rows.unauthorized.code;
  static readonly description = 'The DPoP proof is not valid.';

  constructor(
    description: string = InvalidDpopProofException.description,
    options?: BearerExceptionOptions,
  ) {
    const params = { error: 'invalid_dpop_proof', error_description: description };
    super(rows.unauthorized, description, {
      ...options,
      challenges: [{ scheme: 'DPoP', params }],
    });
  }
}

/**
 * 401 UNAUTHORIZED with `DPoP error="use_dpop_nonce"` and a `DPoP-Nonce` header: the proof has to hold
 * that nonce (RFC 9449 §9).
 *
 * @publicApi
 */
export class UseDpopNonceException extends ApiException<401, 'UNAUTHORIZED'> {
  static readonly status = rows.unauthorized.status;
  static readonly code = rows.unauthorized.code;
  static readonly description = 'The DPoP proof has to hold the nonce of the DPoP-Nonce header.';

  /** @param nonce - what the proof has to hold */
  constructor(
    nonce: string,
    description: string = UseDpopNonceException.description,
    options?: BearerExceptionOptions,
  ) {
    const params = { error: 'use_dpop_nonce', error_description: description };
    super(rows.unauthorized, description, {
      ...options,
      headers: { ...options?.headers, 'DPoP-Nonce': nonce },
      challenges: [{ scheme: 'DPoP', params }],
    });
  }
}
