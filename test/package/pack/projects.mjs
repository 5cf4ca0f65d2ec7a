import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, consumers, demand, run } from './shell.mjs';

/** Where this run's projects are. */
export const folder = mkdtempSync(join(tmpdir(), 'nestjs-api-errors-pack-'));

/** An empty application folder. */
export function emptyProject(name) {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ name, private: true }));
  return cwd;
}

/** What `nest new` makes, but for the tools of an editor, which take long to install. */
export function generatedProject(name, version) {
  const args = ['new', name, '--skip-install', '--skip-git', '--package-manager', 'npm'];
  if (version === 12) {
    run(bin('nest'), args, folder);
  } else {
    run(
      'npm',
      ['exec', '--yes', `--package=@nestjs/cli@${version}`, '--', 'nest', ...args],
      folder,
    );
  }
  const cwd = join(folder, name);
  rewrite(join(cwd, 'package.json'), (text) => {
    const manifest = JSON.parse(text);
    const isEditors = (dependency) => /lint|prettier|globals|coverage|mau$/.test(dependency);
    for (const dependency of Object.keys(manifest.devDependencies).filter(isEditors)) {
      delete manifest.devDependencies[dependency];
    }
    return JSON.stringify(manifest);
  });
  return cwd;
}

export function install(cwd, packages) {
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...packages], cwd);
}

/** The version that is installed in a project. */
export function installed(cwd, name) {
  return JSON.parse(readFileSync(join(cwd, 'node_modules', name, 'package.json'), 'utf8')).version;
}

/** Changes a file of a project. */
export function rewrite(path, change) {
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  demand(changed !== text, `${path} is not what it was: nothing in it was changed`);
  writeFileSync(path, changed);
}

/** Copies a consumer to where it is one. */
export function consumer(path, cwd, as = path, change = (text) => text) {
  const target = join(cwd, as);
  cpSync(join(consumers, path), target);
  writeFileSync(target, change(readFileSync(target, 'utf8')));
}

/**
 * Adds this library to what `nest new` made: one module that has it, imported by the root module. Only
 * the address that is listened on is another one, and printed.
 */
export function addLibrary(cwd, extension = '') {
  const local = (text) => text.replaceAll(/(?<=from '\.[^']*)\.js(?=')/g, extension);
  for (const [file, as] of [
    ['books.module.ts', 'src/books.module.ts'],
    ['books.e2e-spec.ts', 'test/books.e2e-spec.ts'],
  ]) {
    consumer(`generated/${file}`, cwd, as, local);
  }
  rewrite(join(cwd, 'src/app.module.ts'), (text) =>
    `import { BooksModule } from './books.module${extension}';\n${text}`.replace(
      'imports: []',
      'imports: [BooksModule]',
    ),
  );
  rewrite(join(cwd, 'src/main.ts'), (text) =>
    text.replace(
      /( *)await app\.listen\(.*\);/,
      "$1await app.listen(0, '127.0.0.1');\n$1console.log(`listening on ${await app.getUrl()}`);",
    ),
  );
}
