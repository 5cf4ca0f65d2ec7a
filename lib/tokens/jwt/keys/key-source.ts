import type { KeyHint, SignatureOutcome } from '../../jws/key-set.js';

/** Where the keys of an issuer come from: a set that was given, or the issuer. @internal */
export interface KeySource {
  /**
   * Verifies a compact JWS of that header.
   *
   * @throws ServiceUnavailableException where it cannot be told now.
   */
  verify(jws: string, hint: KeyHint): Promise<SignatureOutcome>;
  /** Gets the keys in advance. Never rejects; tells why they cannot be had. */
  warmUp?(): Promise<string | undefined>;
}
