import type { ProofOfPossession } from './proof-of-possession.js';
import type { TokenVerifier } from './token-verifier.js';

/**
 * What the guard works with, once options are checked. The verifier arrives when the module is
 * initialised, which is before the first request.
 *
 * @internal
 */
export class BearerSettings {
  verifier: TokenVerifier | undefined;

  /**
   * @param formToken - whether forms may carry a token
   * @param schemes - auth schemes that are taken, in lower case
   * @param possession - verifies what comes with any scheme but Bearer
   */
  constructor(
    readonly formToken: boolean,
    readonly schemes: readonly string[],
    readonly possession?: ProofOfPossession,
  ) {}
}
