import type { KeyObject } from 'node:crypto';
import type { SymmetricAlgorithm } from '../../jws/algorithms.js';
import { isMadeWith } from '../../jws/hmac.js';
import type { SignatureOutcome } from '../../jws/key-set.js';
import type { KeySource } from './key-source.js';

/** The one key of a verifier that shares a secret with its issuer. @internal */
export class SecretKeySource implements KeySource {
  constructor(private readonly secret: KeyObject) {}

  async verify(jws: string, { alg }: { readonly alg: string }): Promise<SignatureOutcome> {
    // One of those allowed, which with a secret are these alone
    return isMadeWith(jws, alg as SymmetricAlgorithm, this.secret) ? 'verified' : 'mismatch';
  }
}
