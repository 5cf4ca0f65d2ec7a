import { hash } from 'node:crypto';
import { printable } from '../../contract/text/printable.js';
import { checkTokenLength } from '../token-refusal.js';
import type { TokenVerifier, VerifiedToken } from '../token-verifier.js';
import { verifiedToken } from '../verified-token.js';
import { checkClaims } from './checks/claims.checks.js';
import { foreignJwt, noJwt, refusedJwt } from './diagnosis/refused-jwt.js';
import { type CompactJwt, parseCompactJwt } from '../jws/compact-jwt.js';
import { frozen } from '../jws/frozen.js';
import { checkHeader } from './checks/header.checks.js';
import type { JwtTokenVerifierOptions } from './options/jwt-token-verifier.options.js';
import { type JwtSettings, toSettings } from './options/jwt.settings.js';
import type { KeySource } from './keys/key-source.js';
import { KeySources } from './keys/key.sources.js';
import { ExpiringCache } from '../store/expiring.cache.js';

const MAX_REASON = 200;

/**
 * Verifies JWT access tokens (RFC 9068, or what the preset of an issuer says) by the rules of RFC 8725,
 * with the keys that their issuers publish.
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
  /** By digest: who reads the memory of the process finds no token in here. */
  private readonly cache: ExpiringCache<VerifiedToken> | undefined;
  private readonly keys: KeySources;
  /** Changes with the keys, so that what was verified with older ones is not kept. */
  private keyGeneration = 0;

  /** @throws TypeError where an option is wrong; the message names it and the fix. */
  constructor(options: JwtTokenVerifierOptions) {
    this.settings = toSettings(options);
    const { cache } = this.settings;
    this.cache = cache && new ExpiringCache(cache.maxEntries);
    this.keys = new KeySources(this.settings, () => this.forget());
  }

  /**
   * @param token - the compact serialization of a JWS, as sent
   * @returns at once where the token was verified a moment ago; frozen, for requests share it
   * @throws InvalidTokenException where the token is refused; its `cause` is a `TokenRefusal`.
   * @throws ServiceUnavailableException with `retryAfter` where the issuer's keys cannot be had.
   */
  verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    checkTokenLength(token);
    const digest = this.cache && hash('sha256', token, 'base64url');
    const seen = digest === undefined ? undefined : this.cache?.get(digest);
    return seen ?? this.verifyUnseen(parseCompactJwt(token, noJwt), digest);
  }

  /**
   * Fetches the issuers' keys in advance, in the background: a start does not wait for them nor
   * fail without them. Called by `ErrorsModule` when the application starts.
   *
   * @returns what is wrong with the options or with an issuer, a sentence each
   */
  async warmUp(): Promise<readonly string[]> {
    return [...this.settings.warnings, ...(await this.keys.warmUp())];
  }

  /** Nest's lifecycle hook, for a verifier made by DI. */
  onModuleInit(): void {
    void this.warmUp();
  }

  private verifyUnseen(jwt: CompactJwt, digest: string | undefined): Promise<VerifiedToken> {
    const source = this.keys.of(jwt.claims);
    if (source === undefined) {
      const problem = { came: jwt.claims['iss'], expected: this.settings.issuers };
      throw foreignJwt(jwt, 'iss is none of the issuers', { kind: 'iss', ...problem });
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
      throw outcome === 'no-key'
        ? refusedJwt(jwt, 'no key of the issuer fits', { kind: 'key' })
        : refusedJwt(jwt, 'signature does not fit', { kind: 'signature' });
    }
    const token = this.toVerified(jwt);
    if (digest !== undefined && generation === this.keyGeneration) {
      const until = Date.now() + this.settings.cache!.maxAge * 1000;
      this.cache?.set(digest, token, Math.min(until, exp * 1000));
    }
    return token;
  }

  /** Frozen before the application's own functions see it. */
  private toVerified(jwt: CompactJwt): VerifiedToken {
    const { scopes, check } = this.settings;
    const claims = frozen(jwt.claims);
    const reason = check?.(claims);
    if (reason !== undefined) {
      if (typeof reason !== 'string') {
        throw new TypeError(
          'JwtTokenVerifier: check returns a text, or undefined where all is good.',
        );
      }
      throw refusedJwt(jwt, printable(reason, MAX_REASON));
    }
    const token = verifiedToken(claims);
    return frozen(scopes === undefined ? token : { ...token, scopes: toScopes(scopes(claims)) });
  }

  private forget(): void {
    this.keyGeneration += 1;
    this.cache?.clear();
  }
}

/** A list of our own: that of the application is not ours to freeze. */
function toScopes(made: unknown): readonly string[] {
  if (!Array.isArray(made) || !made.every((scope) => typeof scope === 'string')) {
    throw new TypeError('JwtTokenVerifier: scopes returns an array of texts.');
  }
  return [...made];
}
