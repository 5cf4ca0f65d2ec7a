import { InvalidTokenException } from '../contract/exceptions/bearer.exceptions.js';
import { suspendStackTraces } from '../contract/exceptions/stack-traces.js';

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

/** What a token says of itself; not verified, for the log alone. @publicApi */
export interface TokenFacts {
  /** Key id of the token's header (RFC 7515 §4.1.4). */
  readonly kid?: unknown;
  /** Issuer that the token names (RFC 7519 §4.1.1). */
  readonly iss?: unknown;
}

/** What is wrong with tokens that a verifier refuses, for who runs the application. @publicApi */
export interface RefusalDiagnosis {
  /** What it is about: one of few, as each is told of once a minute. */
  readonly kind: string;
  /** What was expected, what came, and what to do; on one line, without the token and its subject. */
  readonly message: string;
}

/** Makes a diagnosis where somebody asks for it: of most refusals nobody does. */
type Diagnose = () => RefusalDiagnosis | undefined;

/**
 * Why a verifier refused a token: the `cause` of an `InvalidTokenException`, for the log at debug.
 * Its message holds the reason, `kid` and `iss`, bounded and on one line, and never the token.
 *
 * @publicApi
 */
export class TokenRefusal extends Error {
  /** The check that failed, in words of this library. */
  readonly reason: string;
  /** `kid` that the token names. */
  readonly kid: string | undefined;
  /** `iss` that the token names. */
  readonly iss: string | undefined;
  readonly #diagnose: Diagnose | undefined;

  /**
   * @param reason - the check that failed; no part of the token
   * @param facts - what the token says of itself
   * @param diagnose - makes what {@link TokenRefusal.diagnosis} tells
   */
  constructor(reason: string, facts: TokenFacts = {}, diagnose?: Diagnose) {
    const kid = toFact(facts.kid);
    const iss = toFact(facts.iss);
    const restore = suspendStackTraces();
    try {
      super(`${reason}${labelled('kid', kid)}${labelled('iss', iss)}`);
    } finally {
      restore();
    }
    this.name = 'TokenRefusal';
    this.reason = reason;
    this.kid = kid;
    this.iss = iss;
    this.#diagnose = diagnose;
  }

  /** @returns `undefined` where there is nothing to be put right, as with a token that expired */
  diagnosis(): RefusalDiagnosis | undefined {
    return this.#diagnose?.();
  }
}

/**
 * Why a verifier refused a token that is none of its own: of another form, or of an issuer that it
 * was not told of. `anyOf()` asks the next verifier then, and after any other refusal none.
 *
 * @publicApi
 */
export class ForeignTokenRefusal extends TokenRefusal {}

/** What every copy of this library knows the refusal of another one by. */
const FOREIGN = Symbol.for('nestjs-api-errors:foreign-token');
Object.defineProperty(ForeignTokenRefusal.prototype, FOREIGN, { value: true });

/** Whether a verifier threw this over a token that is none of its own. @internal */
export function isForeign(error: unknown): boolean {
  const { cause } = Object(error) as { cause?: unknown };
  return typeof cause === 'object' && cause !== null && FOREIGN in cause;
}

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
  diagnose?: Diagnose,
): InvalidTokenException {
  return new InvalidTokenException(DESCRIPTIONS[failure], {
    cause: new TokenRefusal(reason, facts, diagnose),
  });
}

/** As {@link refusedToken}, where another verifier may know the token. @internal */
export function foreignToken(
  failure: RefusalKind,
  reason: string,
  facts?: TokenFacts,
  diagnose?: Diagnose,
): InvalidTokenException {
  return new InvalidTokenException(DESCRIPTIONS[failure], {
    cause: new ForeignTokenRefusal(reason, facts, diagnose),
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
