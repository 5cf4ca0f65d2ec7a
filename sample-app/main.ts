import { ISSUER } from './auth/issuer.js';
import { startBookshelf } from './bookshelf.js';
import { loadConfig } from './config.js';
import { greeting } from './greeting.js';

const config = await loadConfig(process.env);
const app = await startBookshelf(config);
app.enableShutdownHooks();
process.stdout.write(`${greeting(config, app.get(ISSUER))}\n`);
