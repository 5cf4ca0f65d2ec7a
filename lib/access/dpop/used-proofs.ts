import { hash } from 'node:crypto';
import { ExpiringCache } from '../../tokens/store/expiring.cache.js';
import type { SharedStore } from '../../tokens/store/shared.store.js';
import type { ProofClaims } from './proof.claims.js';

const MAX_RECENT = 100_000;

/** The proofs that were used, each by a digest (RFC 9449 §11.1). @internal */
export class UsedProofs {
  /** Those of this process, which a shared store that lost its memory must not make good again. */
  private readonly recent = new ExpiringCache<true>(MAX_RECENT);

  /** @param clockTolerance - seconds by which an instance may take a proof for fresh after another */
  constructor(
    private readonly store: SharedStore,
    private readonly clockTolerance: number,
  ) {}

  /**
   * Uses a proof.
   *
   * @param thumbprint - of the key that signed it: what others sign burns nothing of this client's
   * @returns whether it was not used before
   * @throws where the store cannot tell.
   */
  async use({ jti, uri, staleAt }: ProofClaims, thumbprint: string): Promise<boolean> {
    const key = `dpop:jti:${hash('sha256', JSON.stringify([thumbprint, uri, jti]), 'base64url')}`;
    const until = (staleAt + this.clockTolerance + 1) * 1000;
    if (this.recent.get(key)) {
      return false;
    }
    const isNew = await this.store.setIfAbsent(key, '1', until - Date.now(), thumbprint);
    this.recent.set(key, true, until);
    return isNew;
  }
}
