import './fastify-static.js';
import type { INestApplication } from '@nestjs/common';
import { startBookshelf } from '../../../sample-app/bookshelf.js';
import { type Config, loadConfig } from '../../../sample-app/config.js';
import { Bookshelf } from '../../../sample-app/tour/bookshelf.client.js';
import { keepConnections } from '../../support/platforms.js';

export interface RunningBookshelf {
  readonly app: INestApplication;
  readonly config: Config;
  readonly client: Bookshelf;
}

/** The sample on free ports, with nothing of this process's environment. */
export async function runBookshelf(env: NodeJS.ProcessEnv): Promise<RunningBookshelf> {
  const config = await loadConfig({ PORT: '0', ISSUER_PORT: '0', ...env });
  const app = await startBookshelf(config, { logger: false });
  keepConnections(app);
  return { app, config, client: await Bookshelf.at(config.url) };
}
