import { InvalidTokenException } from '../../contract/exceptions/bearer.exceptions.js';
import { isError } from '../../contract/exceptions/is-error.js';

/** jsonwebtoken's classes of errors, with what a caller may know. */
const REFUSED_TOKENS: Readonly<Record<string, string>> = {
  TokenExpiredError: 'The access token has expired.',
  NotBeforeError: InvalidTokenException.description,
  JsonWebTokenError: InvalidTokenException.description,
};

/**
 * What a caller may know of a token that jsonwebtoken refused.
 *
 * @returns `undefined` where an error is none of jsonwebtoken's
 * @internal
 */
export function refusedJsonWebToken(error: unknown): string | undefined {
  return isError(error) && Object.hasOwn(REFUSED_TOKENS, error.name)
    ? REFUSED_TOKENS[error.name]
    : undefined;
}
