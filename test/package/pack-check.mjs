import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * What `npm pack` packs, looked into and then used as a user would: installed in an empty folder,
 * by an ES module and by CommonJS, on Nest 12 and 11. Needs the npm registry.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const consumers = join(root, 'test/package/consumers');
const bin = (name) => join(root, 'node_modules/.bin', name);
const folder = mkdtempSync(join(tmpdir(), 'nestjs-api-errors-pack-'));

/** Ends this check with what the command said, where it fails. */
function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`, {
      cause: error,
    });
  }
}

function step(title, check) {
  const start = Date.now();
  const result = check();
  console.log(`ok  ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

function demand(met, message) {
  if (!met) {
    throw new Error(message);
  }
}

function pack() {
  const [{ filename, files }] = JSON.parse(
    run('npm', ['pack', '--json', '--pack-destination', folder], root),
  );
  return { tarball: join(folder, filename), paths: files.map(({ path }) => path) };
}

function checkContents({ paths }) {
  const extra = paths.filter(
    (path) => !/^(dist\/.*\.(js|d\.ts)|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/.test(path),
  );
  demand(extra.length === 0, `The tarball holds what no user needs: ${extra.join(', ')}`);
  for (const path of ['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/index.js', 'dist/index.d.ts']) {
    demand(paths.includes(path), `The tarball lacks ${path}.`);
  }
  const lonely = paths.filter(
    (path) => path.endsWith('.js') && !paths.includes(path.replace(/js$/, 'd.ts')),
  );
  demand(lonely.length === 0, `These have no declarations: ${lonely.join(', ')}`);
}

/** An empty application folder. */
function newApplication(name) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name, private: true }));
  return cwd;
}

function install(cwd, packages) {
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], cwd);
}

function checkDocs(cwd) {
  const declarations = (path) =>
    readFileSync(join(cwd, 'node_modules/nestjs-api-errors/dist', path), 'utf8');
  demand(
    /\/\*\*[^]*@publicApi[^]*\*\/\s*export declare class ErrorsModule/.test(
      declarations('errors.module.d.ts'),
    ),
    'The declarations lost their documentation.',
  );
}

/** Type-checks the application against the declarations, and compiles it both ways. */
function compile(cwd) {
  for (const extension of ['mts', 'cts']) {
    copyFileSync(join(consumers, 'app.ts'), join(cwd, `app.${extension}`));
  }
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(
    join(cwd, 'tsconfig.json'),
    JSON.stringify({ compilerOptions, files: ['app.mts', 'app.cts'] }),
  );
  run(bin('tsc'), ['-p', '.'], cwd);
}

function checkApplication(cwd, platforms) {
  for (const file of ['app.mjs', 'app.cjs']) {
    for (const platform of platforms) {
      step(`${file} on ${platform}`, () => run(process.execPath, [file, platform], cwd));
    }
  }
}

const nest = (version, platforms) =>
  ['common', 'core', ...platforms.map((platform) => `platform-${platform}`)].map(
    (name) => `@nestjs/${name}@${version}`,
  );
const both = ['reflect-metadata@0.2', 'rxjs@7'];
const optional = ['class-validator', 'class-transformer', 'jose@6'];

try {
  const packed = step('npm pack', pack);
  step('the tarball holds the package and nothing else', () => checkContents(packed));
  step('publint', () => run(bin('publint'), ['run', packed.tarball, '--strict'], root));
  // node16: from Node 20.19, which `engines` demands, CommonJS requires ES modules. That they are
  // ES modules is thus no finding there, while every other one still is: the profile esm-only
  // would not look at CommonJS at all
  step('are the types wrong', () =>
    run(
      bin('attw'),
      [packed.tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm'],
      root,
    ),
  );

  const twelve = newApplication('nest-12');
  step('install beside Nest 12 alone', () =>
    install(twelve, [packed.tarball, ...nest('12', ['express']), ...both]),
  );
  step('the declarations are documented', () => checkDocs(twelve));
  copyFileSync(join(consumers, 'bare.mjs'), join(twelve, 'bare.mjs'));
  step('bare.mjs without optional packages', () => run(process.execPath, ['bare.mjs'], twelve));
  step('install the optional packages', () =>
    install(twelve, ['@nestjs/platform-fastify@12', ...optional]),
  );
  step('compile against Nest 12', () => compile(twelve));
  checkApplication(twelve, ['express', 'fastify']);

  const eleven = newApplication('nest-11');
  step('install beside Nest 11', () =>
    install(eleven, [packed.tarball, ...nest('11', ['express', 'fastify']), ...both, ...optional]),
  );
  step('compile against Nest 11', () => compile(eleven));
  checkApplication(eleven, ['express', 'fastify']);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
