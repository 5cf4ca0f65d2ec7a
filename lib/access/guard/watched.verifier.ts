import { isError } from '../../contract/exceptions/is-error.js';
import { isPromise } from '../../tokens/is-promise.js';
import type { RefusalDiagnosis, TokenRefusal } from '../../tokens/token-refusal.js';
import type { TokenVerifier, VerifiedToken } from '../../tokens/token-verifier.js';

/** What is wrong is said so often while it stays so. */
const INTERVAL_MS = 60_000;
/** Verifiers of the library know a dozen kinds; one of an application may not make it thousands. */
const MAX_KINDS = 100;

interface Told {
  readonly at: number;
  /** Refusals of this kind that were not told since. */
  more: number;
}

/**
 * Tells who runs the application what is wrong with the tokens that a verifier refuses: the first of
 * each kind in a minute. Nothing else of what the verifier does is changed.
 *
 * @internal
 */
export class WatchedVerifier implements TokenVerifier {
  private readonly told = new Map<string, Told>();

  constructor(
    private readonly verifier: TokenVerifier,
    private readonly warn: (message: string) => void,
  ) {}

  verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    try {
      const verified = this.verifier.verify(token);
      return isPromise(verified)
        ? verified.then(undefined, (error: unknown) => this.fail(error))
        : verified;
    } catch (error) {
      return this.fail(error);
    }
  }

  /** Says what is wrong at the start, when it is known. */
  async warmUp(): Promise<void> {
    try {
      for (const warning of (await this.verifier.warmUp?.()) ?? []) {
        this.warn(warning);
      }
    } catch (error) {
      this.warn(
        `warmUp() of the verifier failed: ${isError(error) ? error.message : typeof error}`,
      );
    }
  }

  private fail(error: unknown): never {
    try {
      const { cause } = Object(error) as { cause?: unknown };
      // By what it has, as it may be one of another copy of this library
      const diagnosis = (Object(cause) as Partial<TokenRefusal>).diagnosis?.();
      if (diagnosis !== undefined) {
        this.tell(diagnosis);
      }
    } catch {
      // What an application's verifier throws may be anything; a line less is no other answer
    }
    throw error;
  }

  private tell(diagnosis: RefusalDiagnosis): void {
    const now = Date.now();
    const told = this.told.get(diagnosis.kind);
    // A clock that was set back must not silence it for as long
    if (told !== undefined && now >= told.at && now - told.at < INTERVAL_MS) {
      told.more += 1;
      return;
    }
    if (this.told.size >= MAX_KINDS) {
      this.told.clear();
    }
    this.told.set(diagnosis.kind, { at: now, more: 0 });
    this.warn(`Tokens are refused: ${diagnosis.message}${others(told)}`);
  }
}

function others(told: Told | undefined): string {
  return told?.more ? ` (${told.more} more were refused so since the last of these lines)` : '';
}
