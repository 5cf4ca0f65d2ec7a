import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './installation.mjs';

/*
 * Runs the test suite on another Nest: `node test/nest/run.mjs 11-latest [arguments of Jest]`.
 *
 * What is tested is copied below the folder that has that Nest in its node_modules, so that Node finds
 * this Nest first and everything else where it always is. Nothing is mapped or mocked: processes that
 * tests start, and the sample that they build, run on it too. Expects `npm run build` to have been run.
 */

const root = fileURLToPath(new URL('../..', import.meta.url));
const [version, ...jestArguments] = process.argv.slice(2);
const versions = readdirSync(join(root, 'test/nest')).filter((name) =>
  existsSync(join(root, 'test/nest', name, 'package.json')),
);
if (!versions.includes(version)) {
  console.error(`usage: node test/nest/run.mjs ${versions.join('|')} [arguments of Jest]`);
  process.exit(2);
}
const folder = join(root, 'test/nest', version);
const work = join(folder, 'work');

/** What the suite needs of the project; what looks at the package itself is run once, on the newest. */
const copied =
  'package.json tsconfig.json jest.config.js nest-cli.json .prettierrc README.md lib dist sample-app ' +
  'test/fixtures test/http test/neighbours test/sample test/support test/types test/unit';

/** `check` reads sources, and is the same whatever Nest is. */
const left = ['sample-app/dist', 'test/neighbours/packages', 'test/unit/tools/cli/check'].map(
  (path) => join(root, path),
);

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: 'inherit' });
}

install(folder);
rmSync(work, { recursive: true, force: true });
for (const path of copied.split(' ')) {
  cpSync(join(root, path), join(work, path), {
    recursive: true,
    filter: (source) => !left.some((below) => source.startsWith(below)),
  });
}
run(join(root, 'node_modules/.bin/nest'), ['build', 'sample-app'], work);
try {
  run(
    process.execPath,
    ['--experimental-vm-modules', join(root, 'node_modules/jest/bin/jest.js'), ...jestArguments],
    work,
  );
} catch {
  process.exitCode = 1;
}
