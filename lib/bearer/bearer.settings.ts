import type { TokenVerifier } from './token-verifier.js';

/**
 * What the guard works with, once options are checked. The verifier arrives when the module is
 * initialised, which is before the first request.
 *
 * @internal
 */
export class BearerSettings {
  verifier: TokenVerifier | undefined;

  constructor(readonly formToken: boolean) {}
}
