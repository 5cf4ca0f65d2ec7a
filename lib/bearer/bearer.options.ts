import type { Type } from '@nestjs/common';
import type { TokenVerifier } from './token-verifier.js';

/**
 * Who may call: `ErrorsModule.forRoot({ bearer: … })`.
 *
 * @publicApi
 */
export interface BearerOptions {
  /**
   * `realm` of the challenges (RFC 9110 §11.5).
   *
   * @defaultValue `'api'`
   */
  readonly realm?: string;
  /**
   * Tells whether a token is good: a class, made by DI (the application's own provider of it where
   * there is one), or an instance. Needed wherever `BearerGuard` is used.
   */
  readonly verifier?: Type<TokenVerifier> | TokenVerifier;
  /**
   * Guards every route; `@Public()` opts out. Without it, `@UseGuards(BearerGuard)` opts in.
   *
   * @defaultValue `false`
   */
  readonly global?: boolean;
  /**
   * Takes tokens from the `access_token` parameter of an urlencoded body too (RFC 6750 §2.2).
   *
   * @defaultValue `false`
   */
  readonly formToken?: boolean;
}

/** @internal */
export const DEFAULT_REALM = 'api';
