import type { Challenge } from '../../contract/challenge/challenge.js';
import { parseChallenges } from '../../contract/challenge/challenge.parser.js';
import { isError } from '../../contract/exceptions/is-error.js';
import { refusedJsonWebToken } from '../tokens/json-web-token.js';

/** Why passport refused a request, as far as that is known. @internal */
export interface PassportRefusal {
  /** One for each auth scheme. */
  readonly challenges: readonly Challenge[];
  readonly description: string | undefined;
}

/**
 * What the strategies of passport say of the credentials that they refused: an error of jsonwebtoken
 * over a token, or a challenge of their own in text. Any other error is no more than that there is
 * nobody, as where no token was sent (RFC 6750 §3: no error code then). Of several strategies, what each
 * of them says.
 *
 * @returns `undefined` where they said nothing of that kind
 * @internal
 */
export function passportRefusal(info: unknown): PassportRefusal | undefined {
  const challenges = new Map<string, Challenge>();
  for (const challenge of [info].flat().flatMap(challengesIn)) {
    const scheme = challenge.scheme.toLowerCase();
    const known = challenges.get(scheme);
    // That a token was refused says more than that another strategy found none
    if (known?.params['error'] === undefined) {
      challenges.set(scheme, challenge);
    }
  }
  return challenges.size === 0
    ? undefined
    : {
        challenges: [...challenges.values()],
        description: [info].flat().map(refusedJsonWebToken).find(Boolean),
      };
}

function challengesIn(info: unknown): Challenge[] {
  if (typeof info === 'string') {
    return parseChallenges(info).filter(
      ({ params, token68 }) => token68 !== undefined || Object.keys(params).length > 0,
    );
  }
  if (!isError(info)) {
    return [];
  }
  const description = refusedJsonWebToken(info);
  const params: Challenge['params'] =
    description === undefined ? {} : { error: 'invalid_token', error_description: description };
  return [{ scheme: 'Bearer', params }];
}
