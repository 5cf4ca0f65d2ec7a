import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createClient } from '@redis/client';
import { openLine } from '../sample/support/line.js';
import { freePort } from './free-port.js';

/** A Redis that goes away and comes back. */
export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

const hasBinary = spawnSync('redis-server', ['--version']).status === 0;
const shared = process.env['TEST_REDIS_URL'];

/** Why there is no Redis to test with, if so. */
export const noRedis =
  hasBinary || shared ? undefined : 'TEST_REDIS_URL names no Redis, and redis-server is not here';

/** A Redis of this test alone; without its binary, a line to that of `TEST_REDIS_URL`. */
export async function startRedis(): Promise<RedisServer> {
  return hasBinary ? startProcess(await freePort()) : startLine(shared!);
}

async function startProcess(port: number): Promise<RedisServer> {
  let child: ChildProcess | undefined;
  const url = `redis://127.0.0.1:${port}`;
  const stop = async () => {
    const running = child;
    child = undefined;
    if (running?.kill('SIGKILL')) {
      await new Promise((resolve) => running.once('exit', resolve));
    }
  };
  const start = async () => {
    if (child) {
      return;
    }
    const args = [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--appendonly',
      'no',
    ];
    child = spawn('redis-server', args, { stdio: 'ignore' });
    await answers(url);
  };
  await start();
  return { url, start, stop, close: stop };
}

async function startLine(target: string): Promise<RedisServer> {
  const line = await openLine(target);
  return {
    url: line.url,
    start: async () => line.mend(),
    stop: async () => line.cut(),
    close: () => line.close(),
  };
}

async function answers(url: string): Promise<void> {
  const client = createClient({ url, socket: { reconnectStrategy: () => 20 } });
  client.on('error', () => undefined);
  await client.connect();
  await client.ping();
  client.destroy();
}
