import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { entryPoints } from './import-rules.js';
import { publicNames } from './public-names.js';
import { manifest, root, sourcesOf } from './sources.js';

const run = promisify(execFile);

/** The entry points that are code, by how an application imports them. */
const entries = Object.entries(manifest.exports).flatMap(([path, conditions]) =>
  typeof conditions === 'string'
    ? []
    : [{ path, specifier: manifest.name + path.slice(1), conditions }],
);

const sourceOf = (path: string) => `lib/${path.slice(2) && `${path.slice(2)}/`}index.ts`;
const sources = Object.keys(sourcesOf('lib')).map((path) => `lib/${path}`);
const names = publicNames(sources);

const table = entries.map(({ path, specifier, conditions }) => ({
  specifier,
  conditions,
  names: names[sourceOf(path)]!,
}));

/** What an application of its own process is given, as the compiler does not say it. */
async function valuesOf(source: string, type: 'module' | 'commonjs'): Promise<string[]> {
  const { stdout } = await run(
    process.execPath,
    [`--input-type=${type}`, '--eval', `${source}; console.log(JSON.stringify(names))`],
    { cwd: root },
  );
  return (JSON.parse(stdout) as string[]).filter((name) => name !== '__esModule');
}

describe('the exports of package.json', () => {
  it('are one for the root and one for the folder of each further entry point', () => {
    const folders = Object.keys(entryPoints).filter((name) =>
      sources.includes(`lib/${name}/index.ts`),
    );
    expect(entries.map(({ path }) => path).toSorted()).toEqual(
      ['.', ...folders.map((folder) => `./${folder}`)].toSorted(),
    );
  });

  it.each(table)('$specifier has `types` first and `default`, both built', ({ conditions }) => {
    expect(Object.keys(conditions)).toEqual(['types', 'default']);
    for (const file of Object.values(conditions)) {
      expect(existsSync(join(root, file))).toBe(true);
    }
  });

  it.each(table)('$specifier gives an ES module every name', async ({ specifier, ...entry }) => {
    const source = `const names = Object.keys(await import('${specifier}'))`;
    const values = entry.names.filter(({ isValue }) => isValue).map(({ name }) => name);
    expect((await valuesOf(source, 'module')).toSorted()).toEqual(values.toSorted());
  });

  it.each(table)('$specifier gives CommonJS every name', async ({ specifier, ...entry }) => {
    const source = `const names = Object.keys(require('${specifier}'))`;
    const values = entry.names.filter(({ isValue }) => isValue).map(({ name }) => name);
    expect((await valuesOf(source, 'commonjs')).toSorted()).toEqual(values.toSorted());
  });
});

describe('the documentation', () => {
  const documented = table.flatMap(({ specifier, names: all }) =>
    all.map((name) => ({ specifier, ...name })),
  );

  it.each(documented)('of $specifier says what $name is, as @publicApi', (name) => {
    expect(name.documentation).toMatch(/\w{2}/);
    expect(name.tags).toContain('publicApi');
    expect(name.tags).not.toContain('internal');
  });
  it('calls nothing @publicApi that no entry point exports', () => {
    const exported = new Set(documented.map(({ name }) => name));
    const tagged = Object.values(names)
      .flat()
      .filter(({ tags }) => tags.includes('publicApi'));
    expect(tagged.map(({ name }) => name).filter((name) => !exported.has(name))).toEqual([]);
  });
});
