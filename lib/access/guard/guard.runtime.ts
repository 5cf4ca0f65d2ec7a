import type { TokenVerifier } from '../../tokens/token-verifier.js';
import type { ClientCertificates, ProofOfPossession } from './proof-of-possession.js';

/** DI token of {@link GuardRuntime}, the same in every copy of this library. @internal */
export const GUARD_RUNTIME = Symbol.for('nestjs-api-errors:guard-runtime');

/**
 * What the guard works with. The verifier arrives when the module is initialised, which is before the
 * first request.
 *
 * @internal
 */
export interface GuardRuntime {
  verifier: TokenVerifier | undefined;
  /** Makes the verifier that the options name, before there is any. */
  loadVerifier: () => Promise<TokenVerifier | undefined>;
  /** Whether forms may carry a token. */
  readonly formToken: boolean;
  /** Auth schemes that are taken, in lower case. */
  readonly schemes: readonly string[];
  /** Verifies what comes with any scheme but Bearer. */
  readonly possession: ProofOfPossession | undefined;
  /** Verifies what is bound to a certificate. */
  readonly certificates: ClientCertificates | undefined;
}
