import type { KeyHint } from './header.checks.js';
import type { KeySet, SignatureOutcome } from './key-set.js';

/**
 * Where the keys of an issuer come from.
 *
 * @internal
 */
export interface KeySource {
  /**
   * Verifies a compact JWS of that header.
   *
   * @throws ServiceUnavailableException where it cannot be told now.
   */
  verify(jws: string, hint: KeyHint): Promise<SignatureOutcome>;
  /** Gets the keys in advance, without anybody waiting. Never throws. */
  warmUp(): void;
}

/**
 * Keys given in the options: nothing is ever fetched.
 *
 * @internal
 */
export class GivenKeySource implements KeySource {
  constructor(private readonly keys: KeySet) {}

  verify(jws: string, hint: KeyHint): Promise<SignatureOutcome> {
    return this.keys.verify(jws, hint);
  }

  warmUp(): void {}
}
