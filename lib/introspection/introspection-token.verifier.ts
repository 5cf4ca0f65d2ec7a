import { hash } from 'node:crypto';
import { checkTokenLength, refusedToken } from '../bearer/token-refusal.js';
import type { TokenVerifier, VerifiedToken } from '../bearer/token-verifier.js';
import { verifiedToken } from '../bearer/verified-token.js';
import { frozen } from '../jws/frozen.js';
import { ExpiringCache } from '../store/expiring.cache.js';
import { type Refusal, refusalOf } from './answer.checks.js';
import type { IntrospectionTokenVerifierOptions } from './introspection-token-verifier.options.js';
import { type IntrospectionAnswer, IntrospectionClient } from './introspection.client.js';
import { type IntrospectionSettings, toSettings } from './introspection.settings.js';
import { type DatedAnswer, SharedAnswers } from './shared-answers.js';

/** A token that is refused now may be good in a moment, where the issuer has several servers. */
const MAX_REFUSED_AGE = 10;

/**
 * Verifies tokens of any form by asking their issuer (RFC 7662).
 *
 * Of one token at a time one question is asked, however many requests carry it, and its answer is
 * believed for half a minute. An issuer that cannot be asked is 503, never 401, after five seconds at
 * most.
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
  private readonly shared: SharedAnswers;
  /** Apart, so that made-up tokens push no good one out. */
  private readonly good: ExpiringCache<VerifiedToken> | undefined;
  private readonly refused: ExpiringCache<Refusal> | undefined;
  private readonly asked = new Map<string, Promise<VerifiedToken>>();

  /** @throws TypeError where an option is wrong; the message names it and the fix. */
  constructor(options: IntrospectionTokenVerifierOptions) {
    this.settings = toSettings(options);
    const { cache } = this.settings;
    this.client = new IntrospectionClient(this.settings);
    this.shared = new SharedAnswers(cache?.store);
    this.good = cache && new ExpiringCache(cache.maxEntries);
    this.refused = cache && new ExpiringCache(cache.maxEntries);
  }

  /**
   * @param token - as sent
   * @returns at once where the issuer was asked a moment ago; frozen, for requests share it
   * @throws InvalidTokenException where the token is refused; its `cause` is a `TokenRefusal`.
   * @throws ServiceUnavailableException with `retryAfter` where the issuer cannot be asked.
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

  /** Finds the issuer's endpoint in advance, in the background. Called when the application starts. */
  warmUp(): void {
    this.client.warmUp();
  }

  /** Nest's lifecycle hook, for a verifier made by DI. */
  onModuleInit(): void {
    this.warmUp();
  }

  /** RFC 7662 §2.2: an issuer may say different things of a token to different clients. */
  private keyOf(token: string): string {
    const { issuer, clientId } = this.settings;
    return hash('sha256', JSON.stringify([issuer, clientId, token]), 'base64url');
  }

  private askOnce(key: string, token: string): Promise<VerifiedToken> {
    let asked = this.asked.get(key);
    if (asked === undefined) {
      asked = this.ask(key, token).finally(() => this.asked.delete(key));
      this.asked.set(key, asked);
    }
    return asked;
  }

  private async ask(key: string, token: string): Promise<VerifiedToken> {
    const { answer, until } = (await this.shared.get(key)) ?? (await this.askIssuer(key, token));
    const refusal = refusalOf(answer, this.settings, Math.floor(Date.now() / 1000));
    if (refusal !== undefined) {
      this.refused?.set(key, refusal, Math.min(until, Date.now() + MAX_REFUSED_AGE * 1000));
      throw refusedToken(...refusal);
    }
    // `iss` is optional; whose token it is, is known
    const found = frozen({ ...verifiedToken(answer), issuer: this.settings.issuer });
    this.good?.set(key, found, until);
    return found;
  }

  private async askIssuer(key: string, token: string): Promise<DatedAnswer> {
    const answer = await this.client.ask(token);
    const dated = { answer, until: this.believedUntil(answer) };
    await this.shared.add(key, dated);
    return dated;
  }

  /** Never past the token's `exp`. */
  private believedUntil({ active, exp }: IntrospectionAnswer): number {
    const maxAge = this.settings.cache?.maxAge ?? 0;
    const until = Date.now() + (active ? maxAge : Math.min(maxAge, MAX_REFUSED_AGE)) * 1000;
    return typeof exp === 'number' ? Math.min(until, exp * 1000) : until;
  }
}
