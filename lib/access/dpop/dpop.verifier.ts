import type { KeyObject } from 'node:crypto';
import { boundKey, type ProofOfPossession } from '../guard/proof-of-possession.js';
import { type AnyRequest, requestTarget } from '../../nest/request.js';
import { refusedToken } from '../../tokens/token-refusal.js';
import type { VerifiedToken } from '../../tokens/token-verifier.js';
import { ServiceUnavailableException } from '../../contract/exceptions/contract.exceptions.js';
import { UseDpopNonceException } from '../../contract/exceptions/dpop.exceptions.js';
import { isSignedBy } from '../../tokens/jws/signature.js';
import { ExpiringCache } from '../../tokens/store/expiring.cache.js';
import type { DpopSettings } from './dpop.settings.js';
import { Nonces } from './nonces.js';
import { checkProofClaims } from './proof.claims.js';
import { refusedProof } from './proof.refusal.js';
import { type DpopProof, readProof } from './proof.js';
import { importPublicJwk } from '../../tokens/jws/public-jwk.js';
import { UsedProofs } from './used-proofs.js';

const RETRY_AFTER_SECONDS = 1;
/** Clients go on with the key they have; to import it costs more than to verify with it. */
const MAX_KEYS = 1_000;

/**
 * Verifies DPoP proofs of requests with a token that was found good (RFC 9449 §4.3 and §7.1).
 *
 * What is cheap goes first, and what others could fill the store with last: only who holds the key of
 * a good token gets that far.
 *
 * @internal
 */
export class DpopVerifier implements ProofOfPossession {
  private readonly nonces: Nonces | undefined;
  private readonly usedProofs: UsedProofs;
  private readonly keys = new ExpiringCache<KeyObject>(MAX_KEYS);

  constructor(private readonly settings: DpopSettings) {
    const { nonce, store, clockTolerance } = settings;
    this.nonces = nonce ? new Nonces(store) : undefined;
    this.usedProofs = new UsedProofs(store, clockTolerance);
  }

  async check(
    request: AnyRequest,
    accessToken: string,
    token: VerifiedToken,
  ): Promise<string | undefined> {
    const proof = readProof(request, this.settings.algorithms);
    const { method = '' } = request;
    const target = requestTarget(request);
    const claims = checkProofClaims(proof.claims, { method, target, accessToken }, this.settings);
    checkBinding(token, proof);
    await this.checkSignature(proof);
    const next = await answered(() => this.checkNonce(claims.nonce));
    if (!(await answered(() => this.usedProofs.use(claims, proof.key.thumbprint)))) {
      throw refusedProof('replayed', 'used before');
    }
    return next;
  }

  private async checkSignature({ text, alg, key }: DpopProof): Promise<void> {
    const publicKey = this.keys.get(key.thumbprint) ?? importPublicJwk(key);
    if (publicKey === undefined || !(await isSignedBy(text, alg, publicKey))) {
      throw refusedProof('invalid', 'signature does not fit');
    }
    this.keys.set(key.thumbprint, publicKey, Infinity);
  }

  /** @returns the nonce that is given out now, where the proof holds the one before it */
  private async checkNonce(nonce: unknown): Promise<string | undefined> {
    if (this.nonces === undefined) {
      return undefined;
    }
    const current = await this.nonces.current();
    if (!(await this.nonces.accepts(nonce))) {
      throw new UseDpopNonceException(current);
    }
    return nonce === current ? undefined : current;
  }
}

/** RFC 9449 §7.1: what does not fit is the token, for which §7.1 has `invalid_token`. */
function checkBinding(token: VerifiedToken, { key }: DpopProof): void {
  const jkt = boundKey(token);
  if (jkt === undefined) {
    throw refusedToken('invalid', 'bound to no key (cnf.jkt), sent with the DPoP scheme');
  }
  if (jkt !== key.thumbprint) {
    throw refusedToken('invalid', 'bound to another key than that of the DPoP proof');
  }
}

/** Where the store cannot tell whether a proof is new, it may be an old one. */
async function answered<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (cause) {
    if (cause instanceof UseDpopNonceException) {
      throw cause;
    }
    throw new ServiceUnavailableException('The store of DPoP proofs does not answer.', {
      cause,
      retryAfter: RETRY_AFTER_SECONDS,
    });
  }
}
