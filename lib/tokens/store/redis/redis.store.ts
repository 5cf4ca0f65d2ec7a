import type { SharedStore } from '../shared.store.js';

const DEFAULT_PREFIX = 'nestjs-api-errors:';
const DEFAULT_TIMEOUT_MS = 1_000;
const MAX_TIMEOUT_MS = 30_000;

/**
 * The commands that {@link RedisStore} gives: a client, cluster or sentinel of @redis/client 5 (or
 * of `redis` 5), connected by the application.
 *
 * @publicApi
 */
export interface RedisCommands {
  /** SET key value NX PX milliseconds: one command, hence one step. */
  set(
    key: string,
    value: string,
    options: {
      readonly condition: 'NX';
      readonly expiration: { readonly type: 'PX'; readonly value: number };
    },
  ): Promise<unknown>;
  /** GET key. */
  get(key: string): Promise<unknown>;
  /** Whether there is a connection; where there is none, nothing is waited for. */
  readonly isReady?: boolean;
}

/** What {@link RedisStore} is told. @publicApi */
export interface RedisStoreOptions {
  /** Before each key. @defaultValue `'nestjs-api-errors:'` */
  readonly prefix?: string;
  /** Milliseconds that Redis has to answer. @defaultValue `1000` */
  readonly timeout?: number;
}

/**
 * A {@link SharedStore} that any number of instances share: `SET … NX PX …` of Redis, which is
 * atomic. Redis has to keep what it is given: `maxmemory-policy noeviction`, and durable enough that
 * a failover loses nothing that a proof could be replayed with.
 *
 * @example
 * ```ts
 * const client = createClient({ url: 'redis://cache.example.com' });
 * client.on('error', (error) => logger.warn(error));
 * await client.connect();
 * ErrorsModule.forRoot({ bearer: { dpop: { store: new RedisStore(client) } } });
 * ```
 * @publicApi
 */
export class RedisStore implements SharedStore {
  private readonly prefix: string;
  private readonly timeout: number;

  /** @throws TypeError where an option is wrong; the message names it and the fix. */
  constructor(
    private readonly client: RedisCommands,
    { prefix = DEFAULT_PREFIX, timeout = DEFAULT_TIMEOUT_MS }: RedisStoreOptions = {},
  ) {
    if (typeof client?.set !== 'function' || typeof client.get !== 'function') {
      throw new TypeError('RedisStore: the client is a connected one of @redis/client 5.');
    }
    if (typeof prefix !== 'string') {
      throw new TypeError('RedisStore: prefix is a string.');
    }
    if (!(timeout >= 1 && timeout <= MAX_TIMEOUT_MS)) {
      throw new TypeError(`RedisStore: timeout is milliseconds, 1 to ${MAX_TIMEOUT_MS}.`);
    }
    this.prefix = prefix;
    this.timeout = timeout;
  }

  async setIfAbsent(key: string, value: string, ttl: number): Promise<boolean> {
    const expiration = { type: 'PX', value: Math.max(1, Math.ceil(ttl)) } as const;
    const reply = await this.bounded(() =>
      this.client.set(this.prefix + key, value, { condition: 'NX', expiration }),
    );
    if (reply !== 'OK' && reply !== null) {
      throw new Error('Redis gave an answer that SET does not have');
    }
    // nil where the key was there
    return reply === 'OK';
  }

  async get(key: string): Promise<string | undefined> {
    const value = await this.bounded(() => this.client.get(this.prefix + key));
    return typeof value === 'string' ? value : undefined;
  }

  /**
   * Clients queue commands while they have no connection. A command that is given up may be carried
   * out yet: a proof is then taken for used that was answered with 503, and the client makes another.
   */
  private async bounded<T>(command: () => Promise<T>): Promise<T> {
    if (this.client.isReady === false) {
      throw new Error('Redis is not connected');
    }
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = new Error(`Redis did not answer in ${this.timeout} ms`);
      timer = setTimeout(() => reject(error), this.timeout);
    });
    try {
      return await Promise.race([command(), late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
