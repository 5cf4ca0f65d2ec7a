import { refusedToken } from '../bearer/token-refusal.js';
import type { AsymmetricAlgorithm } from '../jws/algorithms.js';
import type { CompactJwt } from '../jws/compact-jwt.js';
import { toSubtype } from '../jws/media-type.js';

const MAX_KID_LENGTH = 1024;

/**
 * Header parameters that no access token needs and attacks do: keys that the token brings along or
 * points to (RFC 8725 §3.10, RFC 7515 §4.1.2 to §4.1.6), extensions that have to be understood
 * (§4.1.11, of which this verifier has none), payloads that are not encoded (RFC 7797 §3).
 */
const FORBIDDEN_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64'] as const;

/**
 * What a header has to be.
 *
 * @internal
 */
export interface HeaderRules {
  readonly algorithms: ReadonlySet<unknown>;
  /** Lower case, without `application/`; `false` takes any. */
  readonly typ: string | false;
}

/**
 * The part of a header that says which key verifies the token.
 *
 * @internal
 */
export interface KeyHint {
  readonly alg: AsymmetricAlgorithm;
  readonly kid: string | undefined;
}

/**
 * Checks a header before any key is looked for.
 *
 * @throws InvalidTokenException where it is not one of an access token of these rules.
 * @internal
 */
export function checkHeader(jwt: CompactJwt, rules: HeaderRules): KeyHint {
  const { alg, kid, typ, cty } = jwt.header;
  const refuse = (reason: string) =>
    refusedToken('invalid', reason, { kid, iss: jwt.claims['iss'] });

  // RFC 8725 §3.1: the application's list decides, not the token
  if (!rules.algorithms.has(alg)) {
    throw refuse('alg is not one of those allowed');
  }
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > MAX_KID_LENGTH)) {
    throw refuse('kid is not a short string');
  }
  const forbidden = FORBIDDEN_PARAMETERS.find((name) => jwt.header[name] !== undefined);
  if (forbidden !== undefined) {
    throw refuse(`header has ${forbidden}`);
  }
  // RFC 7519 §5.2: the payload of a nested JWT is a token of its own
  if (cty !== undefined && toSubtype(cty) === 'jwt') {
    throw refuse('nested (cty)');
  }
  // RFC 8725 §3.11, RFC 9068 §4: tells an access token from any other JWT of this issuer
  if (rules.typ !== false && toSubtype(typ) !== rules.typ) {
    throw refuse(`typ is not ${rules.typ}`);
  }
  return { alg: alg as AsymmetricAlgorithm, kid };
}
