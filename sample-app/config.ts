import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Token of the {@link Config}. */
export const CONFIG = Symbol('CONFIG');

export const HOST = '127.0.0.1';

/** What the environment says, with what it leaves open. */
export interface Config {
  /** `HTTP_ADAPTER`: `express` or `fastify` */
  readonly httpAdapter: 'express' | 'fastify';
  /** `PORT`; 0 takes a free one */
  readonly port: number;
  /** Where the API is: `PUBLIC_URL`, which a proxy may have, or where it listens */
  readonly url: string;
  /** `AUDIENCE`: what tokens for this API are issued for, its URL unless told otherwise */
  readonly audience: string;
  /** `ISSUER`: an authorization server elsewhere, in place of the one started beside the API */
  readonly issuer: string | undefined;
  /** `ISSUER_PORT`; 0 takes a free one */
  readonly issuerPort: number;
  /** `DATABASE_URL`: a PostgreSQL server, in place of the embedded one */
  readonly databaseUrl: string | undefined;
  /** `DATABASE_SCHEMA`: the schema on that server that holds the tables */
  readonly databaseSchema: string;
  /** `REDIS_URL`: what instances remember DPoP proofs in, in place of each one's memory */
  readonly redisUrl?: string | undefined;
  /** Whether the API is only to be described: neither a database nor an issuer is asked for */
  readonly offline?: boolean;
}

/** @throws Error that names the variable where one makes no sense. */
export async function loadConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const port = toPort('PORT', env['PORT'], 3000) || (await freePort());
  const url = env['PUBLIC_URL'] || `http://${HOST}:${port}`;
  return {
    httpAdapter: toAdapter(env['HTTP_ADAPTER'] || 'express'),
    port,
    url,
    audience: env['AUDIENCE'] || url,
    issuer: env['ISSUER'] || undefined,
    issuerPort: toPort('ISSUER_PORT', env['ISSUER_PORT'], 3001),
    databaseUrl: env['DATABASE_URL'] || undefined,
    redisUrl: env['REDIS_URL'] || undefined,
    databaseSchema: toSchema(env['DATABASE_SCHEMA'] || 'bookshelf'),
  };
}

function toAdapter(value: string): Config['httpAdapter'] {
  if (value !== 'express' && value !== 'fastify') {
    throw new Error(`HTTP_ADAPTER is express or fastify, not ${JSON.stringify(value)}.`);
  }
  return value;
}

function toPort(name: string, value: string | undefined, standard: number): number {
  const port = value ? Number(value) : standard;
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${name} is a port, 0 to 65535, not ${JSON.stringify(value)}.`);
  }
  return port;
}

function toSchema(value: string): string {
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(value)) {
    throw new Error(`DATABASE_SCHEMA is a plain lower-case name, not ${JSON.stringify(value)}.`);
  }
  return value;
}

/** The audience is the API's URL, which must therefore be known before it listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
