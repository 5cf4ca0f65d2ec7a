import { buildChallenge } from '../challenge/challenge.builder.js';
import type { Challenge } from '../challenge/challenge.js';

/** How answers are made, from the module's options. @internal */
export interface AnswerSettings {
  /**
   * A challenge of each auth scheme that is taken, with the parameters that all of its challenges
   * have; the one that a client without any credentials should see first comes first.
   */
  readonly schemes: readonly [Challenge, ...Challenge[]];
  /** `WWW-Authenticate` of a 401 that names no challenge (RFC 9110 §15.5.2: it MUST have one). */
  readonly defaultChallenge: string | string[];
  /** Folds statuses outside the contract into its rows. */
  readonly strict: boolean;
  /** Shows the failed parameters in the body. */
  readonly failures: boolean;
  /** Shows the request id in the body. */
  readonly requestId: boolean;
}

/** The part of {@link AnswerSettings} that is about challenges. @internal */
export function challengeSettings(
  schemes: AnswerSettings['schemes'],
): Pick<AnswerSettings, 'schemes' | 'defaultChallenge'> {
  const [first, ...more] = schemes.map((challenge) => buildChallenge(challenge)) as [string];
  return { schemes, defaultChallenge: more.length === 0 ? first : [first, ...more] };
}
