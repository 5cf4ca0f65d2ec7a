import { checkTokenLength, foreignToken, refusedToken } from '../bearer/token-refusal.js';
import type { TokenVerifier, VerifiedToken } from '../bearer/token-verifier.js';
import { verifiedToken } from '../bearer/verified-token.js';
import { checkClaims } from './claims.checks.js';
import { type CompactJwt, parseCompactJwt } from '../jws/compact-jwt.js';
import { frozen } from '../jws/frozen.js';
import { checkHeader } from './header.checks.js';
import { JwksLoader } from './jwks.loader.js';
import type { JwtTokenVerifierOptions } from './jwt-token-verifier.options.js';
import { type JwtSettings, toSettings } from './jwt.settings.js';
import { GivenKeySource, type KeySource } from './key-source.js';
import { RemoteKeySource } from './remote-key.source.js';
import { VerifiedTokenCache } from './verified-token.cache.js';

/**
 * Verifies JWT access tokens (RFC 9068) by the rules of RFC 8725, with the keys that their issuers
 * publish.
 *
 * Keys are fetched when first needed or at start-up ({@link JwtTokenVerifier.warmUp}), renewed every
 * ten minutes in the background and when a token names a key that is not known, and go on serving
 * for a day where the issuer is down.
 *
 * @example
 * ```ts
 * ErrorsModule.forRoot({
 *   bearer: {
 *     verifier: new JwtTokenVerifier({
 *       issuer: 'https://login.example.com',
 *       audience: 'https://api.example.com',
 *     }),
 *   },
 * })
 * ```
 * @publicApi
 */
export class JwtTokenVerifier implements TokenVerifier {
  private readonly settings: JwtSettings;
  private readonly cache: VerifiedTokenCache | undefined;
  private readonly sources: ReadonlyMap<unknown, KeySource>;
  /** Changes with the keys, so that what was verified with older ones is not kept. */
  private keyGeneration = 0;

  /** @throws TypeError where an option is wrong; the message names it and the fix. */
  constructor(options: JwtTokenVerifierOptions) {
    this.settings = toSettings(options);
    const { issuers, cache } = this.settings;
    this.cache = cache && new VerifiedTokenCache(cache.maxEntries, cache.maxAge);
    this.sources = new Map(issuers.map((issuer) => [issuer, this.toSource(issuer)]));
  }

  /**
   * @param token - the compact serialization of a JWS, as sent
   * @returns at once where the token was verified a moment ago; frozen, for requests share it
   * @throws InvalidTokenException where the token is refused; its `cause` is a `TokenRefusal`.
   * @throws ServiceUnavailableException with `retryAfter` where the issuer's keys cannot be had.
   */
  verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    checkTokenLength(token);
    const digest = this.cache?.digest(token);
    const seen = digest === undefined ? undefined : this.cache?.get(digest);
    return seen ?? this.verifyUnseen(parseCompactJwt(token, notOurs), digest);
  }

  /**
   * Fetches the issuers' keys in advance, in the background: a start does not wait for them nor
   * fail without them. Called by `ErrorsModule` when the application starts.
   */
  warmUp(): void {
    for (const source of this.sources.values()) {
      source.warmUp();
    }
  }

  /** Nest's lifecycle hook, for a verifier made by DI. */
  onModuleInit(): void {
    this.warmUp();
  }

  private verifyUnseen(jwt: CompactJwt, digest: string | undefined): Promise<VerifiedToken> {
    const { iss } = jwt.claims;
    const source = this.sources.get(iss);
    if (source === undefined) {
      throw foreignToken('invalid', 'iss is none of the issuers', { kid: jwt.header['kid'], iss });
    }
    const hint = checkHeader(jwt, this.settings);
    const exp = checkClaims(jwt, this.settings);
    return this.verifySigned(jwt, source, hint, exp, digest);
  }

  private async verifySigned(
    jwt: CompactJwt,
    source: KeySource,
    hint: ReturnType<typeof checkHeader>,
    exp: number,
    digest: string | undefined,
  ): Promise<VerifiedToken> {
    const generation = this.keyGeneration;
    const outcome = await source.verify(jwt.text, hint);
    if (outcome !== 'verified') {
      const reason = outcome === 'no-key' ? 'no key of the issuer fits' : 'signature does not fit';
      throw refusedToken('invalid', reason, { kid: hint.kid, iss: jwt.claims['iss'] });
    }
    const token = frozen(verifiedToken(jwt.claims));
    if (digest !== undefined && generation === this.keyGeneration) {
      this.cache?.set(digest, token, exp);
    }
    return token;
  }

  private toSource(issuer: string): KeySource {
    const { jwks, jwksUri } = this.settings;
    return jwks === undefined
      ? new RemoteKeySource(issuer, new JwksLoader(issuer, jwksUri), () => this.forget())
      : new GivenKeySource(jwks);
  }

  private forget(): void {
    this.keyGeneration += 1;
    this.cache?.clear();
  }
}

/** What is no JWT may be a token of another form. */
function notOurs(reason: string): Error {
  return foreignToken('malformed', reason);
}
