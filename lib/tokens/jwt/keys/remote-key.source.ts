import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableException } from '../../../contract/exceptions/contract.exceptions.js';
import { suspendStackTraces } from '../../../contract/exceptions/stack-traces.js';
import { failureOf } from '../../issuer/failure.js';
import type { JwksLoader } from './jwks.loader.js';
import { type KeyHint, KeySet, type SignatureOutcome, toId } from '../../jws/key-set.js';
import type { KeySource } from './key-source.js';

/** Keys older than this go on serving while newer ones are fetched. */
const REFRESH_AFTER_MS = 600_000;
/** Keys older than this are not believed: an issuer that revoked one is heard within a day. */
const KEEP_FOR_MS = 86_400_000;
/** Time between fetches that fail, or that are made for keys the issuer does not have. */
const COOLDOWN_MS = 2_000;
/** More requests than this do not wait for a cooldown to end: somebody makes ids up. */
const MAX_WAITING = 1_000;
/** More ids than this are not kept; then it starts anew. */
const MAX_ABSENT = 1_000;
const RETRY_AFTER_SECONDS = 5;

/**
 * Keys of an issuer, fetched when they are needed and kept while it is down.
 *
 * An id that the keys at hand lack is looked for in a set whose fetch began after the token came,
 * so that a rotation refuses no good token. Such a fetch is shared by all who wait, and one that
 * finds nothing is followed by a cooldown. Who comes during the cooldown waits for its end, unless
 * the id was looked for in vain before: then it is refused at once. Beyond a thousand who wait it
 * cannot be told now, for the id may be good. Tokens whose keys are at hand wait for nothing.
 *
 * @internal
 */
export class RemoteKeySource implements KeySource {
  private keys: KeySet | undefined;
  private text: string | undefined;
  private fetchedAt = -Infinity;
  private failure: ServiceUnavailableException | undefined;
  private running: Promise<KeySet> | undefined;
  private scheduled: Promise<KeySet> | undefined;
  private restUntil = -Infinity;
  private waiting = 0;
  /** Ids that were looked for in vain. */
  private readonly absent = new Set<string>();

  /** @param onChange - told when the issuer's keys are others than before */
  constructor(
    private readonly issuer: string,
    private readonly loader: JwksLoader,
    private readonly onChange: () => void,
  ) {}

  async verify(jws: string, hint: KeyHint): Promise<SignatureOutcome> {
    this.renew();
    const keys = this.atHand() ?? (await this.firstKeys());
    const outcome = await keys.verify(jws, hint);
    return isSettled(outcome, hint) ? outcome : this.verifyWithNewer(jws, hint, outcome);
  }

  async warmUp(): Promise<string | undefined> {
    try {
      await (this.atHand() ?? this.firstKeys());
      return undefined;
    } catch (error) {
      const { message, cause } = error as ServiceUnavailableException;
      return `${message} Until they can, its tokens are 503: ${failureOf(cause)}`;
    }
  }

  /** Without anybody waiting. */
  private renew(): void {
    if (this.age() > REFRESH_AFTER_MS && !this.isResting()) {
      // Who needs the keys finds the failure; here it ends
      this.fetch().catch(() => undefined);
    }
  }

  private atHand(): KeySet | undefined {
    return this.age() <= KEEP_FOR_MS ? this.keys : undefined;
  }

  /** Keys from the future, of a clock that was set back, are due for a refresh. */
  private age(): number {
    const age = Date.now() - this.fetchedAt;
    return age < 0 ? REFRESH_AFTER_MS + 1 : age;
  }

  /** Nobody waits for an issuer that a moment ago did not answer. */
  private async firstKeys(): Promise<KeySet> {
    if (this.running === undefined && this.failure !== undefined && this.isResting()) {
      throw this.failure;
    }
    return this.fetch();
  }

  private async verifyWithNewer(
    jws: string,
    hint: KeyHint,
    known: SignatureOutcome,
  ): Promise<SignatureOutcome> {
    if (this.running !== undefined) {
      const outcome = await (await this.running).verify(jws, hint);
      if (isSettled(outcome, hint)) {
        return outcome;
      }
    }
    if (this.isResting() && this.isAnsweredFor(hint)) {
      return known;
    }
    const outcome = await (await this.waitForNext()).verify(jws, hint);
    if (!isSettled(outcome, hint)) {
      this.noteFruitless(hint);
    }
    return outcome;
  }

  /** @throws ServiceUnavailableException where so many wait already. */
  private async waitForNext(): Promise<KeySet> {
    if (this.waiting >= MAX_WAITING) {
      throw crowd(this.issuer);
    }
    this.waiting += 1;
    try {
      return await this.next();
    } finally {
      this.waiting -= 1;
    }
  }

  /** @throws ServiceUnavailableException where the issuer is down: the key may exist. */
  private isAnsweredFor(hint: KeyHint): boolean {
    if (this.failure !== undefined) {
      throw this.failure;
    }
    // Without a kid nobody knows which key was not there
    return hint.kid !== undefined && this.absent.has(toId(hint));
  }

  private isResting(): boolean {
    const rest = this.restUntil - Date.now();
    // A clock that was set back must not make a cooldown of a moment one of an hour
    return rest > 0 && rest <= COOLDOWN_MS;
  }

  /** The next fetch to begin: after the one that runs, and after the cooldown. */
  private next(): Promise<KeySet> {
    this.scheduled ??= this.fetchAfterRest();
    return this.scheduled;
  }

  private async fetchAfterRest(): Promise<KeySet> {
    try {
      await this.running;
      if (this.isResting()) {
        await sleep(this.restUntil - Date.now());
      }
    } finally {
      this.scheduled = undefined;
    }
    return this.fetch();
  }

  private fetch(): Promise<KeySet> {
    this.running ??= this.load().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async load(): Promise<KeySet> {
    try {
      const keys = this.accept(await this.loader.load());
      this.fetchedAt = Date.now();
      this.failure = undefined;
      return keys;
    } catch (cause) {
      this.failure = outage(this.issuer, cause);
      this.restUntil = Date.now() + COOLDOWN_MS;
      throw this.failure;
    }
  }

  private accept(text: string): KeySet {
    if (this.keys !== undefined && text === this.text) {
      return this.keys;
    }
    const isChange = this.keys !== undefined;
    this.keys = toKeySet(text);
    this.text = text;
    if (isChange) {
      this.onChange();
    }
    return this.keys;
  }

  private noteFruitless(hint: KeyHint): void {
    if (this.absent.size >= MAX_ABSENT) {
      this.absent.clear();
    }
    this.restUntil = this.fetchedAt + COOLDOWN_MS;
    this.absent.add(toId(hint));
  }
}

/** Without a kid (RFC 7515 §4.1.4) a mismatch may as well be a key that is not known yet. */
function isSettled(outcome: SignatureOutcome, hint: KeyHint): boolean {
  return outcome === 'verified' || (outcome === 'mismatch' && hint.kid !== undefined);
}

/** An issuer without any key is one that is not well: the last good ones are better. */
function toKeySet(text: string): KeySet {
  const keys = new KeySet(JSON.parse(text));
  if (keys.size === 0) {
    throw new Error('The JWK Set is empty');
  }
  return keys;
}

/** There may be very many of these, and where they come from is known. */
function crowd(issuer: string): ServiceUnavailableException {
  const restore = suspendStackTraces();
  try {
    return new ServiceUnavailableException(
      `Too many tokens name keys that ${issuer} does not have.`,
      {
        retryAfter: COOLDOWN_MS / 1000,
      },
    );
  } finally {
    restore();
  }
}

function outage(issuer: string, cause: unknown): ServiceUnavailableException {
  return new ServiceUnavailableException(`The keys of ${issuer} cannot be had.`, {
    cause,
    retryAfter: RETRY_AFTER_SECONDS,
  });
}
