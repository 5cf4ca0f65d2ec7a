export { type RedisCommands, RedisStore, type RedisStoreOptions } from './redis.store.js';
