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

const sourceOf = (path: string) =>
  path === '.' ? 'lib/index.ts' : `lib/${entryPoints[path.slice(2)]}/index.ts`;
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
    expect(entries.map(({ path }) => path).toSorted()).toEqual(
      ['.', ...Object.keys(entryPoints).map((name) => `./${name}`)].toSorted(),
    );
  });

  it.each(table)('$specifier has each format with its own declarations, both built', (entry) => {
    expect(Object.keys(entry.conditions)).toEqual(['import', 'require']);
    for (const [format, files] of Object.entries(entry.conditions)) {
      expect(Object.keys(files)).toEqual(['types', 'default']);
      for (const file of Object.values(files)) {
        expect(file).toMatch(format === 'import' ? /\.mjs$|\.d\.mts$/ : /\.cjs$|\.d\.cts$/);
        expect(existsSync(join(root, file))).toBe(true);
      }
    }
  });

  it('are known to compilers that read no exports', () => {
    const { main, types, typesVersions } = manifest;
    expect([main, types]).toEqual(['./dist/index.cjs', './dist/index.d.cts']);
    expect(typesVersions).toEqual({
      '*': Object.fromEntries(
        Object.keys(entryPoints).map((name) => [name, [`./dist/${name}.d.cts`]]),
      ),
    });
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

describe('importing nestjs-api-errors/testing adds the matchers to a global expect', () => {
  const global = 'let names; globalThis.expect = { extend: (all) => (names = Object.keys(all)) }';

  it.each([
    ['module', `await import('nestjs-api-errors/testing')`],
    ['commonjs', `require('nestjs-api-errors/testing')`],
  ] as const)('of a %s', async (type, load) => {
    expect(await valuesOf(`${global}; ${load}`, type)).toContain('toBeApiError');
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
