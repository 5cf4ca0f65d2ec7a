import { AppModule } from './app.module.js';
import { loadConfig } from './config.js';

/**
 * The API as it is described, with neither a database nor an authorization server:
 * `npx nestjs-api-errors lint sample-app/dist/offline.module.js`.
 */
export default AppModule.forRoot({ ...(await loadConfig(process.env)), offline: true });
