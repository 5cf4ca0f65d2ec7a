import type { AsymmetricAlgorithm } from '../../jws/algorithms.js';
import type { KeyHint } from '../../jws/key-set.js';
import type { CompactJwt } from '../../jws/compact-jwt.js';
import { toSubtype } from '../../jws/media-type.js';
import { refusedJwt } from '../diagnosis/refused-jwt.js';

const MAX_KID_LENGTH = 1024;

/**
 * Header parameters that no access token needs and attacks do: keys that the token brings along or
 * points to (RFC 8725 §3.10, RFC 7515 §4.1.2 to §4.1.6), extensions that have to be understood
 * (§4.1.11, of which this verifier has none), payloads that are not encoded (RFC 7797 §3).
 */
const FORBIDDEN_PARAMETERS = ['jku', 'jwk', 'x5u', 'x5c', 'crit', 'b64'] as const;

/** What a header has to be. @internal */
export interface HeaderRules {
  readonly algorithms: ReadonlySet<unknown>;
  /** Lower case, without `application/`; `null` is none; `false` takes any. */
  readonly types: ReadonlySet<string | null | undefined> | false;
}

/**
 * Checks a header before any key is looked for.
 *
 * @throws InvalidTokenException where it is not one of an access token of these rules.
 * @internal
 */
export function checkHeader(jwt: CompactJwt, rules: HeaderRules): KeyHint {
  const { alg, kid, typ, cty } = jwt.header;
  const refuse = (reason: string) => refusedJwt(jwt, reason);

  // RFC 8725 §3.1: the application's list decides, not the token
  if (!rules.algorithms.has(alg)) {
    throw refusedJwt(jwt, 'alg is not one of those allowed', {
      kind: 'alg',
      came: alg,
      expected: rules.algorithms,
    });
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
  if (rules.types !== false && !rules.types.has(typ === undefined ? null : toSubtype(typ))) {
    throw refusedJwt(
      jwt,
      `typ is not ${[...rules.types].map((type) => type ?? 'absent').join(' or ')}`,
      {
        kind: 'typ',
        came: typ,
        expected: rules.types,
      },
    );
  }
  return { alg: alg as AsymmetricAlgorithm, kid, iss: jwt.claims['iss'] };
}
