import { ServiceUnavailableException } from '../../contract/exceptions/contract.exceptions.js';
import { suspendStackTraces } from '../../contract/exceptions/stack-traces.js';

const SECOND_MS = 1_000;
const RETRY_AFTER_SECONDS = 1;

/** How much an issuer is asked. @internal */
export interface QuestionRules {
  /** Questions that may be open at a time. */
  readonly maxInFlight: number;
  /** Questions that may be asked within a second. */
  readonly maxPerSecond: number;
}

/**
 * Keeps what callers make up from becoming as many requests: whoever sends tokens could use up this
 * server's sockets, and the issuer's time.
 *
 * @internal
 */
export class QuestionLimits {
  private inFlight = 0;
  private asked = 0;
  private since = -Infinity;

  constructor(private readonly rules: QuestionRules) {}

  /** Runs a question where there is room for it. @throws ServiceUnavailableException else, at once. */
  run<T>(question: () => Promise<T>): Promise<T> {
    if (this.inFlight >= this.rules.maxInFlight) {
      throw tooMany(`${this.inFlight} tokens are asked about already.`);
    }
    this.inFlight += 1;
    return question().finally(() => {
      this.inFlight -= 1;
    });
  }

  /** Called before the issuer is asked. @throws ServiceUnavailableException where it was enough. */
  spend(): void {
    const now = performance.now();
    if (now - this.since >= SECOND_MS) {
      this.since = now;
      this.asked = 0;
    }
    if (this.asked >= this.rules.maxPerSecond) {
      throw tooMany(`${this.asked} tokens were asked about in this second.`);
    }
    this.asked += 1;
  }
}

/** There may be very many of these, and where they come from is known. */
function tooMany(message: string): ServiceUnavailableException {
  const restore = suspendStackTraces();
  try {
    return new ServiceUnavailableException(message, { retryAfter: RETRY_AFTER_SECONDS });
  } finally {
    restore();
  }
}
