import type { InvalidTokenException } from '../../../contract/exceptions/bearer.exceptions.js';
import type { CompactJwt } from '../../jws/compact-jwt.js';
import { foreignToken, refusedToken } from '../../token-refusal.js';
import { diagnose, diagnoseForm, type JwtProblem } from './diagnosis.js';

/**
 * Refuses a JWT. What is wrong with it is put into words where somebody asks.
 *
 * @internal
 */
export function refusedJwt(
  jwt: CompactJwt,
  reason: string,
  problem?: JwtProblem,
): InvalidTokenException {
  return refusedToken('invalid', reason, factsOf(jwt), problem && (() => diagnose(jwt, problem)));
}

/** Refuses a JWT that another verifier may know. @internal */
export function foreignJwt(
  jwt: CompactJwt,
  reason: string,
  problem: JwtProblem,
): InvalidTokenException {
  return foreignToken('invalid', reason, factsOf(jwt), () => diagnose(jwt, problem));
}

/** Refuses what is no JWT, which may be a token of another form. @internal */
export function noJwt(reason: string): InvalidTokenException {
  return foreignToken('malformed', reason, undefined, () => diagnoseForm(reason));
}

function factsOf({ header, claims }: CompactJwt) {
  return { kid: header['kid'], iss: claims['iss'] };
}
