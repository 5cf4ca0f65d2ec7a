import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { changesNothing, type Platform, start } from './support.js';

/** The package keeps in its options what it made of them for an adapter: one a process. */
export function serveStaticCases(platform: Platform): void {
  // The folder beside an application, which the recipe reads once it is imported
  const folder = mkdtempSync(join(tmpdir(), 'neighbours-'));
  mkdirSync(join(folder, 'public'));
  writeFileSync(join(folder, 'public/terms.txt'), 'Bring them back.');
  writeFileSync(join(folder, 'public/index.html'), '<!doctype html><title>Books</title>');
  process.chdir(folder);
  const recipe = import('./recipes/serve-static.js');

  describe(`@nestjs/serve-static, on ${platform}`, () => {
    it('serves what is there', async () => {
      const { AppModule } = await recipe;
      await changesNothing(AppModule, platform, ['/files/terms.txt'], ['/files/']);
    });

    for (const path of ['/files/none.txt', '/files/none/', '/files/..%2f..%2fetc%2fpasswd']) {
      it(`${path} is refused without a word of the file system`, async () => {
        const { AppModule } = await recipe;
        const { ask } = await start(AppModule, platform);
        const { status, body } = await ask(path);
        assert.ok([403, 404].includes(status), String(status));
        assert.deepEqual(Object.keys(body), ['code', 'description']);
        assert.doesNotMatch(String(body['description']), /ENOENT|stat|neighbours|public/);
      });
    }
  });
}
