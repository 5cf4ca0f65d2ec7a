import { Module } from '@nestjs/common';
import { createClient } from '@redis/client';
import { MemoryStore, type SharedStore } from 'nestjs-api-errors';
import { RedisStore } from 'nestjs-api-errors/redis';
import { CONFIG, type Config } from '../config.js';

/** Token of the {@link ProofStore}. */
export const PROOF_STORE = Symbol('PROOF_STORE');

/** Where the API remembers which DPoP proofs were used. */
export interface ProofStore {
  readonly store: SharedStore;
  /** Nest calls it when the API goes down. */
  onApplicationShutdown?(): void;
}

@Module({
  providers: [
    {
      provide: PROOF_STORE,
      inject: [CONFIG],
      useFactory: ({ redisUrl, offline }: Config): ProofStore | Promise<ProofStore> =>
        redisUrl && !offline ? openRedis(redisUrl) : { store: new MemoryStore() },
    },
  ],
  exports: [PROOF_STORE],
})
export class StoreModule {}

async function openRedis(url: string): Promise<ProofStore> {
  const client = createClient({ url });
  // Said of each request that needs it, and logged there
  client.on('error', () => undefined);
  await client.connect();
  return { store: new RedisStore(client), onApplicationShutdown: () => client.destroy() };
}
