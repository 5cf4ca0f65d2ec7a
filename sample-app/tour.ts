import type { INestApplication } from '@nestjs/common';
import { startBookshelf } from './bookshelf.js';
import { HOST, loadConfig } from './config.js';
import { Bookshelf } from './tour/bookshelf.client.js';
import { CONTRACT_SIZE, missingFrom } from './tour/contract.js';
import { table } from './tour/table.js';
import { walk } from './tour/walk.js';

/*
 * Meets every error of the contract, on the API at API_URL, on the one that runs at the default
 * port, or on one of its own. With --json the answers are a JSON array. AUDIENCE is needed where
 * ISSUER is elsewhere; it then has to know the clients of auth/clients.ts.
 */

interface Place {
  readonly bookshelf: Bookshelf;
  /** The API, where it is the tour's own */
  readonly app?: INestApplication;
}

async function findBookshelf(env: NodeJS.ProcessEnv): Promise<Place> {
  const { API_URL, AUDIENCE, DATABASE_URL, HTTP_ADAPTER, PORT } = env;
  if (API_URL) {
    return { bookshelf: await Bookshelf.at(API_URL.replace(/\/$/, ''), AUDIENCE) };
  }
  // Who names an adapter or a database asks for an API that has them
  if (!HTTP_ADAPTER && !DATABASE_URL) {
    const running = Bookshelf.at(`http://${HOST}:${PORT || 3000}`, AUDIENCE);
    const bookshelf = await running.catch(() => undefined);
    if (bookshelf) {
      return { bookshelf };
    }
  }
  return startOwn(env);
}

async function startOwn(env: NodeJS.ProcessEnv): Promise<Place> {
  const config = await loadConfig({ ...env, PORT: '0', ISSUER_PORT: '0' });
  const app = await startBookshelf(config, { logger: false });
  return { app, bookshelf: await Bookshelf.at(config.url, env['AUDIENCE']) };
}

const { bookshelf, app } = await findBookshelf(process.env);
try {
  const answers = await walk(bookshelf);
  const json = process.argv.includes('--json');
  const missing = missingFrom(answers);
  const met = `${CONTRACT_SIZE - missing.length} of ${CONTRACT_SIZE} rows and challenges met`;
  const text = json ? JSON.stringify(answers, null, 2) : `${table(answers)}\n\n${met}`;
  process.stdout.write(`${text}\n`);
  if (missing.length > 0) {
    process.stderr.write(`Missing from the contract:\n  ${missing.join('\n  ')}\n`);
    process.exitCode = 1;
  }
} finally {
  await app?.close();
}
