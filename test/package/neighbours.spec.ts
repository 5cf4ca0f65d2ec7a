import { blocksOf } from './readme-blocks.js';
import { sourcesOf, textOf } from './sources.js';

const recipes = Object.entries(sourcesOf('test/neighbours/packages/recipes'));
const blocks = blocksOf(textOf('docs/neighbours.md'), 'ts');

describe('docs/neighbours.md', () => {
  it.each(recipes)('shows %s as npm run test:neighbours starts it', (_path, source) => {
    expect(blocks).toContain(source);
  });

  it('shows nothing else', () => expect(blocks).toHaveLength(recipes.length));
});
