import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedStore } from '../store/shared.store.js';
import type { IntrospectionResponse } from './introspection.client.js';

/** How long others leave a question to the instance that claimed it; it may have died since. */
const CLAIM_MS = 2_000;
/** How long an instance waits for others, while they ask one after the other. */
const PATIENCE_MS = 3_000;
const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 160;
/** The share of a store that tokens have together, made-up ones for the most part in an attack. */
const HOLDER = 'introspection';

/** A response, and until when it is believed. @internal */
export interface DatedResponse {
  readonly response: IntrospectionResponse;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Responses that instances share: of those that meet a token at once one asks, and the others wait for
 * what it hears. A store that fails costs a question to the issuer, and no caller its answer.
 *
 * @internal
 */
export class SharedResponses {
  private readonly name = randomUUID();

  /** @param maxAge - milliseconds for which a response is kept at most */
  constructor(
    private readonly store: SharedStore,
    private readonly maxAge: number,
  ) {}

  /** @returns what another instance heard, else what `ask` does. @throws what `ask` throws. */
  async once(key: string, ask: () => Promise<DatedResponse>): Promise<DatedResponse> {
    const known = await this.heardOrClaimed(key).catch(() => undefined);
    if (known !== undefined) {
      return known;
    }
    const dated = await ask();
    await this.add(key, dated);
    return dated;
  }

  /** @returns `undefined` where this instance is to ask. @throws where the store fails. */
  private async heardOrClaimed(key: string): Promise<DatedResponse | undefined> {
    const giveUpAt = Date.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      // oxlint-disable no-await-in-loop -- it polls
      const heard = await this.get(key);
      if (heard !== undefined || (await this.claim(key)) || Date.now() >= giveUpAt) {
        return heard;
      }
      await sleep(pause);
      // oxlint-enable no-await-in-loop
    }
  }

  private async get(key: string): Promise<DatedResponse | undefined> {
    const text = await this.store.get(toKey(key));
    return text === undefined ? undefined : toDatedResponse(text);
  }

  /** Who claimed a question and was told nothing may ask again at once. */
  private async claim(key: string): Promise<boolean> {
    const claim = `${toKey(key)}:asked`;
    const ttl = Math.min(CLAIM_MS, this.maxAge);
    return (
      (await this.store.setIfAbsent(claim, this.name, ttl, HOLDER)) ||
      (await this.store.get(claim)) === this.name
    );
  }

  private async add(key: string, dated: DatedResponse): Promise<void> {
    const ttl = dated.until - Date.now();
    if (ttl > 0) {
      const text = JSON.stringify(dated);
      await this.store.setIfAbsent(toKey(key), text, ttl, HOLDER).catch(() => undefined);
    }
  }
}

function toKey(key: string): string {
  return `introspection:${key}`;
}

/** Others write into a store, too: what is none of ours is as if it were not there. */
function toDatedResponse(text: string): DatedResponse | undefined {
  const { response, until } = Object(parsed(text)) as Partial<DatedResponse>;
  const isOurs = typeof until === 'number' && typeof Object(response).active === 'boolean';
  return isOurs && Date.now() < until ? { response: response!, until } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
