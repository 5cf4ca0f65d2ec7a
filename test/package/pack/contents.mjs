import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demand, root, run } from './shell.mjs';
import { folder } from './projects.mjs';

const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const needed = ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json'];

/** The tarball that `npm pack` makes, and what is in it. */
export function pack() {
  const [packed] = Object.values(
    JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)),
  );
  return { tarball: join(folder, packed.filename), paths: packed.files.map(({ path }) => path) };
}

export function checkContents({ paths }) {
  const isOurs = (path) =>
    needed.includes(path) || /^dist\/[^/]*\.([mc]js(\.map)?|d\.[mc]ts)$/.test(path);
  const extra = paths.filter((path) => !isOurs(path));
  demand(extra.length === 0, `The tarball holds what no user needs: ${extra.join(', ')}`);
  const lacking = [...needed, ...entryFiles()].filter((path) => !paths.includes(path));
  demand(lacking.length === 0, `The tarball lacks ${lacking.join(', ')}`);
}

/** All that package.json names, with the declarations of each. */
function entryFiles() {
  const named = [...Object.values(bin).map((path) => `./${path}`), ...namesIn(exports)];
  return named
    .filter((path) => path.startsWith('./dist/'))
    .map((path) => path.slice(2))
    .flatMap((path) => [path, path.replace(/(?<!\.d)\.([mc])js$/, '.d.$1ts')]);
}

function namesIn(value) {
  return typeof value === 'string' ? [value] : Object.values(value).flatMap(namesIn);
}

/** What an editor shows of a name; the compiled code has no need of it. */
export function checkDocumentation(cwd) {
  const read = (path) =>
    readFileSync(join(cwd, 'node_modules/nestjs-api-errors/dist', path), 'utf8');
  for (const path of ['index.d.mts', 'index.d.cts']) {
    const documented = /\/\*\*(?:(?!\*\/)[^])*@publicApi\s*\*\/\s*declare class ErrorsModule\b/;
    demand(documented.test(read(path)), `${path} lost its documentation.`);
  }
}
