import { TokenRefusal } from '../../tokens/token-refusal.js';
import { InvalidDpopProofException } from '../../contract/exceptions/dpop.exceptions.js';

/** What a caller may know of a refusal: what to do better, where that helps. */
const DESCRIPTIONS = {
  invalid: InvalidDpopProofException.description,
  stale: 'The DPoP proof is too old, or from the future.',
  replayed: 'The DPoP proof was used before.',
};

/**
 * Makes the exception of a refused proof: the class of failure for the caller, the reason for the log.
 *
 * @internal
 */
export function refusedProof(
  failure: keyof typeof DESCRIPTIONS,
  reason: string,
): InvalidDpopProofException {
  return new InvalidDpopProofException(DESCRIPTIONS[failure], {
    cause: new TokenRefusal(`DPoP proof: ${reason}`),
  });
}
