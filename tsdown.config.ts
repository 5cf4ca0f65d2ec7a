import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { defineConfig, type Rolldown, type UserConfig } from 'tsdown';

const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8')) as {
  compilerOptions: { paths: Record<string, [string]> };
};

/** The entry points, as the compiler knows them: `nestjs-api-errors/jwt` becomes `dist/jwt.*`. */
const entryPoints = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [path]]) => [
    name.slice('nestjs-api-errors/'.length) || 'index',
    path,
  ]),
);

/**
 * `import()` of CommonJS is no way to a package where a test runner has no ES modules: Jest as it comes.
 * In a `try`, as what is imported so may not be there, and bundlers let it be missing only there.
 */
const requireForImport: Rolldown.Plugin = {
  name: 'require-for-import',
  renderChunk: (code) =>
    code.replace(
      /\bimport\((["'][^"']+["'])\)/g,
      'Promise.resolve().then(() => { try { return require($1); } catch (error) { throw error; } })',
    ),
};

/** The files that a module needs, and those that they need, as long as they are needed to run. */
function neededBy(path: string, known = new Set<string>()): Set<string> {
  if (!known.has(path)) {
    known.add(path);
    const source = readFileSync(path, 'utf8');
    for (const [, from] of source.matchAll(
      /^(?:import|export) (?!type )(?:[^'"]* from )?'(\.[^']+)\.js';$/gm,
    )) {
      neededBy(resolve(dirname(path), `${from}.ts`), known);
    }
  }
  return known;
}

const ofIndex = neededBy(resolve(entryPoints['index']!));

/**
 * What entry points share is in one file, as each costs whoever imports it half a millisecond; what
 * has a package of its own stays apart, and so does what the root has no need of.
 */
const shared = { name: 'shared', test: (id: string) => ofIndex.has(id), minShareCount: 2 };
const further = {
  name: 'further',
  test: /^(?!.*\/documents\/openapi\/).*(?<!\.d)\.ts$/,
  minShareCount: 2,
};

/** Else some chunk holds what all of them need, and entry points reach into each other for it. */
const runtime = { name: 'runtime', test: /rolldown[/:]runtime/ };

const common = {
  platform: 'node',
  target: 'node20.19',
  tsconfig: 'lib/tsconfig.json',
  dts: true,
  sourcemap: true,
  clean: false,
  // What package.json says of side effects is said of what is built, not of its sources
  treeshake: { moduleSideEffects: [{ test: /\.ts$/, sideEffects: true }] },
  inputOptions: { checks: { pluginTimings: false } },
  // The declarations have the documentation
  outputOptions: {
    comments: { jsdoc: false },
    codeSplitting: { groups: [shared, further, runtime] },
  },
} satisfies UserConfig;

const { client, graphql, websockets, ...server } = entryPoints;

export default defineConfig([
  // In browsers, hence one file each that needs no other
  ...Object.entries({ client, graphql, websockets }).map(([name, path]): UserConfig => ({
    ...common,
    entry: { [name]: path! },
    format: ['esm', 'cjs'],
  })),
  { ...common, entry: { ...server, cli: 'lib/tools/cli/main.ts' }, format: 'esm' },
  { ...common, entry: server, format: 'cjs', plugins: [requireForImport] },
]);
