import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const fixture = fileURLToPath(new URL('../fixtures/throttled-routes.mjs', import.meta.url));

describe('429 TOO_MANY_REQUESTS is declared where @nestjs/throttler limits', () => {
  it.each([
    ['the application', 'application', ['/limited', '/partly']],
    // Its options are known once it is made; until then one throttler is taken to be there
    ['a controller, by a guard of its own', 'controller', ['/limited', '/partly']],
    ['nothing', 'nowhere', []],
  ])('%s', async (_what, where, limited) => {
    const { stdout } = await promisify(execFile)(process.execPath, [fixture, where]);
    expect(JSON.parse(stdout)).toEqual(limited);
  });
});
