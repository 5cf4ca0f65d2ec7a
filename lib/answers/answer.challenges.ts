import { buildChallenge } from '../contract/challenge/challenge.builder.js';
import type { Challenge } from '../contract/challenge/challenge.js';
import type { AnswerSettings } from './answer.settings.js';

/** What the exceptions of RFC 6750 challenge with; other schemes have the same errors. */
const GENERIC = 'bearer';

/**
 * The challenges of an answer, as lines of `WWW-Authenticate` (RFC 9110 §11.6.1).
 *
 * An error of RFC 6750 is told in the scheme that the request used (RFC 9449 §7.1, RFC 9470 §3). A
 * 401 has a challenge of every scheme that is taken, for a client that knows the other one only
 * (RFC 9449 §7.2).
 *
 * @param own - the challenges of the exception
 * @param used - the auth scheme that the request used, where a guard noted one
 * @returns none where `own` has none that can be written
 * @internal
 */
export function challengeLines(
  own: readonly Challenge[],
  status: number,
  { schemes }: Pick<AnswerSettings, 'schemes'>,
  used: string | undefined,
): readonly string[] {
  const scheme = find(schemes, used)?.scheme ?? schemes[0].scheme;
  const told = own.map((challenge) => completed(challenge, scheme, schemes));
  return (
    (status === 401 ? withOthers(told, schemes) : told)
      .map((challenge) => buildChallenge(challenge))
      // A scheme that is no token has no line
      .filter((line) => line !== '')
  );
}

/** With the parameters that every challenge of its scheme has, before those of its own. */
function completed(
  challenge: Challenge,
  used: string,
  schemes: AnswerSettings['schemes'],
): Challenge {
  if (challenge.token68 !== undefined) {
    return challenge;
  }
  const scheme = challenge.scheme?.toLowerCase?.() === GENERIC ? used : challenge.scheme;
  const { realm } = schemes[0].params;
  const params = find(schemes, scheme)?.params ?? (realm === undefined ? {} : { realm });
  return { scheme, params: { ...params, ...challenge.params } };
}

/** Where none of the schemes is challenged, that is what the application wants. */
function withOthers(told: Challenge[], schemes: AnswerSettings['schemes']): readonly Challenge[] {
  if (schemes.length === 1 || !schemes.some(({ scheme }) => find(told, scheme))) {
    return told;
  }
  const ours = schemes.map((bare) => find(told, bare.scheme) ?? bare);
  return [...ours, ...told.filter((challenge) => !ours.includes(challenge))];
}

function find(challenges: readonly Challenge[], scheme: string | undefined): Challenge | undefined {
  const name = scheme?.toLowerCase?.();
  return challenges.find((challenge) => challenge.scheme?.toLowerCase?.() === name);
}
