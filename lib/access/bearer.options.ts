import type { Type } from '@nestjs/common';
import type { DpopOptions } from './dpop/dpop.options.js';
import type { MutualTlsOptions } from './mutual-tls/mutual-tls.options.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';

/** Who may call: `ErrorsModule.forRoot({ bearer: … })`. @publicApi */
export interface BearerOptions {
  /** `realm` of the challenges (RFC 9110 §11.5). @defaultValue `'api'` */
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
  /**
   * Takes tokens that are bound to a key, with a DPoP proof (RFC 9449), beside Bearer tokens; with
   * `'required'` nothing else. Needs `resource`, or a `baseUrl` of its own.
   *
   * @defaultValue `false`
   */
  readonly dpop?: boolean | 'required' | DpopOptions;
  /**
   * Takes tokens that are bound to a client certificate (RFC 8705), from clients that have it: `true`
   * reads the certificate of the connection, options name the header of a proxy. Without it such a
   * token is refused, as is one that is bound to anything else.
   *
   * @defaultValue `false`
   */
  readonly mutualTls?: boolean | MutualTlsOptions;
  /**
   * The API's resource identifier: the URL that clients know it by (RFC 9728 §1.2). Its metadata are
   * then served at `/.well-known/oauth-protected-resource`, with the path of the resource behind it,
   * and challenges name them in `resource_metadata`.
   */
  readonly resource?: string;
  /** Issuers whose tokens the API takes, for the metadata (`authorization_servers`, RFC 9728 §2). */
  readonly authorizationServers?: readonly string[];
}
