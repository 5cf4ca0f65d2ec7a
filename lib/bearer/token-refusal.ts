import { InvalidTokenException } from '../exceptions/bearer.exceptions.js';
import { suspendStackTraces } from '../exceptions/stack-traces.js';

const MAX_TOKEN_LENGTH = 16 * 1024;
const MAX_FACT_LENGTH = 128;
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ud800-\udfff]/g;

/**
 * What a caller may know of a refusal: which class of failure it was, no more. No claim, key id,
 * algorithm or library message reaches a header.
 */
const DESCRIPTIONS = {
  malformed: 'The access token is malformed.',
  expired: 'The access token has expired.',
  invalid: InvalidTokenException.description,
};

/**
 * What a token says of itself; not verified, for the log alone.
 *
 * @publicApi
 */
export interface TokenFacts {
  /** Key id of the token's header (RFC 7515 §4.1.4). */
  readonly kid?: unknown;
  /** Issuer that the token names (RFC 7519 §4.1.1). */
  readonly iss?: unknown;
}

/**
 * Why a verifier refused a token: the `cause` of an `InvalidTokenException`, for the log at debug.
 * Its message holds the reason, `kid` and `iss`, bounded and on one line, and never the token.
 *
 * @publicApi
 */
export class TokenRefusal extends Error {
  override readonly name = 'TokenRefusal';
  /** The check that failed, in words of this library. */
  readonly reason: string;
  /** `kid` that the token names. */
  readonly kid: string | undefined;
  /** `iss` that the token names. */
  readonly iss: string | undefined;

  /**
   * @param reason - the check that failed; no part of the token
   * @param facts - what the token says of itself
   */
  constructor(reason: string, facts: TokenFacts = {}) {
    const kid = toFact(facts.kid);
    const iss = toFact(facts.iss);
    const restore = suspendStackTraces();
    super(`${reason}${labelled('kid', kid)}${labelled('iss', iss)}`);
    restore();
    this.reason = reason;
    this.kid = kid;
    this.iss = iss;
  }
}

/**
 * Why a verifier refused a token that is none of its own: of another form, or of an issuer that it
 * was not told of. `anyOf()` asks the next verifier then, and after any other refusal none.
 *
 * @publicApi
 */
export class ForeignTokenRefusal extends TokenRefusal {}

/** Which class of failure a refusal is, as far as callers may know. @internal */
export type RefusalKind = keyof typeof DESCRIPTIONS;

/**
 * Makes the exception of a refused token: the class of failure for the caller, the reason for the
 * log.
 *
 * @internal
 */
export function refusedToken(
  failure: RefusalKind,
  reason: string,
  facts?: TokenFacts,
): InvalidTokenException {
  return new InvalidTokenException(DESCRIPTIONS[failure], {
    cause: new TokenRefusal(reason, facts),
  });
}

/** As {@link refusedToken}, where another verifier may know the token. @internal */
export function foreignToken(
  failure: RefusalKind,
  reason: string,
  facts?: TokenFacts,
): InvalidTokenException {
  return new InvalidTokenException(DESCRIPTIONS[failure], {
    cause: new ForeignTokenRefusal(reason, facts),
  });
}

/**
 * @throws InvalidTokenException where a token is so long that nothing should look at it.
 * @internal
 */
export function checkTokenLength(token: string): void {
  if (token.length > MAX_TOKEN_LENGTH) {
    throw refusedToken('malformed', 'longer than 16 KiB');
  }
}

function toFact(value: unknown): string | undefined {
  return typeof value === 'string'
    ? value.slice(0, MAX_FACT_LENGTH).replace(UNSAFE, '\ufffd')
    : undefined;
}

function labelled(label: string, fact: string | undefined): string {
  return fact === undefined ? '' : `; ${label} ${JSON.stringify(fact)}`;
}
