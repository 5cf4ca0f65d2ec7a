import type { SharedStore } from '../store/shared.store.js';
import type { IntrospectionAnswer } from './introspection.client.js';

/** An answer, and until when it is believed. @internal */
export interface DatedAnswer {
  readonly answer: IntrospectionAnswer;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/**
 * Answers that instances share. A store that fails costs a question to the issuer, and no caller its
 * answer.
 *
 * @internal
 */
export class SharedAnswers {
  constructor(private readonly store: SharedStore | undefined) {}

  async get(key: string): Promise<DatedAnswer | undefined> {
    try {
      const text = await this.store?.get(toKey(key));
      return text === undefined ? undefined : toDatedAnswer(JSON.parse(text));
    } catch {
      return undefined;
    }
  }

  async add(key: string, dated: DatedAnswer): Promise<void> {
    const ttl = dated.until - Date.now();
    if (ttl > 0) {
      await this.store?.setIfAbsent(toKey(key), JSON.stringify(dated), ttl).catch(() => undefined);
    }
  }
}

function toKey(key: string): string {
  return `introspection:${key}`;
}

/** Others write into a store, too: what is none of ours is as if it were not there. */
function toDatedAnswer(value: unknown): DatedAnswer | undefined {
  const { answer, until } = Object(value) as Partial<DatedAnswer>;
  const isOurs = typeof until === 'number' && typeof Object(answer).active === 'boolean';
  return isOurs && Date.now() < until ? { answer: answer!, until } : undefined;
}
