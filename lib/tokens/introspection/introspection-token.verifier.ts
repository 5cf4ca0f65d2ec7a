import { hash } from 'node:crypto';
import { checkTokenLength, refusedToken } from '../token-refusal.js';
import type { TokenVerifier, VerifiedToken } from '../token-verifier.js';
import { verifiedToken } from '../verified-token.js';
import { frozen } from '../jws/frozen.js';
import { ExpiringCache } from '../store/expiring.cache.js';
import { type Refusal, refusalOf } from './response.checks.js';
import type { IntrospectionTokenVerifierOptions } from './introspection-token-verifier.options.js';
import { type IntrospectionResponse, IntrospectionClient } from './introspection.client.js';
import { type IntrospectionSettings, toSettings } from './introspection.settings.js';
import { QuestionLimits } from './question.limits.js';
import { type DatedResponse, SharedResponses } from './shared-responses.js';

/** A token that is refused now may be good in a moment, where the issuer has several servers. */
const MAX_REFUSED_AGE = 10;
/** How long a request waits for an issuer that hangs, and for other instances that ask it. */
const TIMEOUT_MS = 5_000;
/** Tokens that were good once, where no cache says how many are. */
const MAX_KNOWN = 5_000;

/**
 * Verifies tokens of any form by asking their issuer (RFC 7662).
 *
 * Of one token at a time one question is asked, however many requests carry it, and its answer is
 * believed for half a minute. An issuer that cannot be asked is 503, never 401, after five seconds at
 * most, and so is a token beyond what the issuer is asked at a time and in a second.
 *
 * @example
 * ```ts
 * new IntrospectionTokenVerifier({
 *   issuer: 'https://login.example.com',
 *   audience: 'https://api.example.com',
 *   clientId: 'api',
 *   clientSecret: process.env.CLIENT_SECRET,
 * })
 * ```
 * @publicApi
 */
export class IntrospectionTokenVerifier implements TokenVerifier {
  private readonly settings: IntrospectionSettings;
  private readonly client: IntrospectionClient;
  private readonly shared: SharedResponses | undefined;
  /** Apart, so that made-up tokens push no good one out. */
  private readonly good: ExpiringCache<VerifiedToken> | undefined;
  private readonly refused: ExpiringCache<Refusal> | undefined;
  private readonly asked = new Map<string, Promise<VerifiedToken>>();
  /** Tokens that were good once are asked about apart, so that made-up ones are not in their way. */
  private readonly known: ExpiringCache<true>;
  private readonly limits: Readonly<Record<'known' | 'unknown', QuestionLimits>>;

  /** @throws TypeError where an option is wrong; the message names it and the fix. */
  constructor(options: IntrospectionTokenVerifierOptions) {
    this.settings = toSettings(options);
    const { cache, questions } = this.settings;
    this.client = new IntrospectionClient(this.settings);
    this.shared =
      cache?.store && cache.maxAge > 0
        ? new SharedResponses(cache.store, cache.maxAge * 1000)
        : undefined;
    this.known = new ExpiringCache(cache?.maxEntries ?? MAX_KNOWN);
    this.limits = { known: new QuestionLimits(questions), unknown: new QuestionLimits(questions) };
    this.good = cache && new ExpiringCache(cache.maxEntries);
    this.refused = cache && new ExpiringCache(cache.maxEntries);
  }

  /**
   * @param token - as sent
   * @returns at once where the issuer was asked a moment ago; frozen, for requests share it
   * @throws InvalidTokenException where the token is refused; its `cause` is a `TokenRefusal`.
   * @throws ServiceUnavailableException with `retryAfter` where the issuer cannot be asked, or is asked
   * enough.
   */
  verify(token: string): VerifiedToken | Promise<VerifiedToken> {
    checkTokenLength(token);
    const key = this.keyOf(token);
    const refusal = this.refused?.get(key);
    if (refusal !== undefined) {
      throw refusedToken(...refusal);
    }
    return this.good?.get(key) ?? this.askOnce(key, token);
  }

  /**
   * Finds the issuer's endpoint in advance, in the background. Called when the application starts.
   *
   * @returns why the issuer cannot be asked, where it cannot
   */
  async warmUp(): Promise<readonly string[]> {
    return [(await this.client.warmUp()) ?? []].flat();
  }

  /** Nest's lifecycle hook, for a verifier made by DI. */
  onModuleInit(): void {
    void this.warmUp();
  }

  /** RFC 7662 §2.2: an issuer may say different things of a token to different clients. */
  private keyOf(token: string): string {
    const { issuer, clientId } = this.settings;
    return hash('sha256', JSON.stringify([issuer, clientId, token]), 'base64url');
  }

  private askOnce(key: string, token: string): Promise<VerifiedToken> {
    let asked = this.asked.get(key);
    if (asked === undefined) {
      const limits = this.limits[this.known.get(key) ? 'known' : 'unknown'];
      asked = limits.run(() => this.ask(key, token, limits)).finally(() => this.asked.delete(key));
      this.asked.set(key, asked);
    }
    return asked;
  }

  private async ask(key: string, token: string, limits: QuestionLimits): Promise<VerifiedToken> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const askIssuer = () => this.askIssuer(token, signal, limits);
    const { response, until } = await (this.shared?.once(key, askIssuer) ?? askIssuer());
    const refusal = refusalOf(response, this.settings, Math.floor(Date.now() / 1000));
    if (refusal !== undefined) {
      this.refused?.set(key, refusal, Math.min(until, Date.now() + MAX_REFUSED_AGE * 1000));
      throw refusedToken(...refusal);
    }
    // `iss` is optional; whose token it is, is known
    const found = frozen({ ...verifiedToken(response), issuer: this.settings.issuer });
    this.good?.set(key, found, until);
    this.known.set(key, true, Infinity);
    return found;
  }

  private async askIssuer(
    token: string,
    signal: AbortSignal,
    limits: QuestionLimits,
  ): Promise<DatedResponse> {
    limits.spend();
    const response = await this.client.ask(token, signal);
    return { response, until: this.believedUntil(response) };
  }

  /** Never past the token's `exp`. */
  private believedUntil({ active, exp }: IntrospectionResponse): number {
    const maxAge = this.settings.cache?.maxAge ?? 0;
    const until = Date.now() + (active ? maxAge : Math.min(maxAge, MAX_REFUSED_AGE)) * 1000;
    return typeof exp === 'number' ? Math.min(until, exp * 1000) : until;
  }
}
