import 'reflect-metadata';
import { platforms, startApp } from '../support/platforms.js';
import { AppModule as WithPipe } from './docs/validation/body.pipe.js';
import { AppModule as WithSchema } from './docs/validation/body.schema.js';
import { blocksOf, exchangesOf } from './readme-blocks.js';
import { sourcesOf, textOf } from './sources.js';

const text = textOf('docs/validation.md');
const exchanges = blocksOf(text, 'text').map(exchangesOf);

test('docs/validation.md shows what runs here, and nothing else', () => {
  const sources = Object.values(sourcesOf('test/package/docs/validation'));
  expect(blocksOf(text, 'ts').toSorted()).toEqual(sources.toSorted());
});

describe.each(platforms)('docs/validation.md, on %s', (platform) => {
  it.each([
    ['@Body({ schema })', WithSchema, exchanges[0]!],
    ['SchemaValidationPipe', WithPipe, exchanges[1]!],
  ])('%s is answered as it says', async (_, module, shown) => {
    const { url, close } = await startApp(platform, module);
    for (const { method, path, sent, status, body } of shown) {
      const response = await fetch(`${url}${path}`, {
        method,
        ...(sent !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: sent,
        }),
      });
      expect([response.status, await response.json()]).toEqual([status, body]);
    }
    await close();
  });
});
