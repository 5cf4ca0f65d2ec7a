import { isPromise } from './is-promise.js';
import { isForeign } from './token-refusal.js';
import type { TokenVerifier, VerifiedToken } from './token-verifier.js';

/**
 * A verifier for an API that takes tokens of several kinds, or of several issuers. They are asked in
 * this order, the next one only where the one before finds that the token is none of its own (see
 * `ForeignTokenRefusal`): for `JwtTokenVerifier` what is no JWT, or a JWT of an issuer that it was
 * not told of. A token that is one of its own and bad is refused at once, and no other is asked. A
 * verifier of opaque tokens cannot tell, and goes last.
 *
 * @example
 * ```ts
 * anyOf(new JwtTokenVerifier({ … }), new IntrospectionTokenVerifier({ … }))
 * ```
 * @throws TypeError where none is given.
 * @publicApi
 */
export function anyOf(...verifiers: readonly TokenVerifier[]): TokenVerifier {
  if (verifiers.length === 0 || !verifiers.every((one) => typeof one?.verify === 'function')) {
    throw new TypeError('anyOf() takes one TokenVerifier or more: objects with a method verify().');
  }
  return new AnyOfVerifier(verifiers);
}

class AnyOfVerifier implements TokenVerifier {
  constructor(private readonly verifiers: readonly TokenVerifier[]) {}

  verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    return this.verifyFrom(0, token);
  }

  async warmUp(): Promise<readonly string[]> {
    const warnings = await Promise.all(this.verifiers.map(async (one) => one.warmUp?.()));
    return warnings.flatMap((those) => those ?? []);
  }

  private verifyFrom(index: number, token: string): VerifiedToken | Promise<VerifiedToken> {
    const tryNext = (error: unknown) => {
      if (index + 1 === this.verifiers.length || !isForeign(error)) {
        throw error;
      }
      return this.verifyFrom(index + 1, token);
    };
    try {
      const verified = this.verifiers[index]!.verify(token);
      return isPromise(verified) ? verified.catch(tryNext) : verified;
    } catch (error) {
      return tryNext(error);
    }
  }
}
