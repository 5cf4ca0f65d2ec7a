import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type Import, importsOf } from './import-reader.js';
import { type FolderRule, folderRules, rootRule } from './import-rules.js';

/** Sources by their path below lib/, `bearer/scope.ts` for instance. */
export type Sources = Readonly<Record<string, string>>;

/** What is wrong with the imports of these sources, a line each. */
export function importFaults(sources: Sources, declared: readonly string[]): string[] {
  const faults = Object.entries(sources).flatMap(([path, text]) =>
    importsOf(text).flatMap((found) =>
      faultsOf(path, found, sources, declared).map(
        (fault) => `${path}: ${found.specifier} ${fault}`,
      ),
    ),
  );
  return [...faults, ...cycles(sources)];
}

function faultsOf(
  path: string,
  { specifier, typeOnly, star }: Import,
  sources: Sources,
  declared: readonly string[],
): string[] {
  const folder = folderOf(path);
  const rule = folder === '' ? rootRule : folderRules[folder];
  if (!rule) {
    return [`is imported by a folder that import-rules.ts does not know: ${folder}`];
  }
  const fault = specifier.startsWith('.')
    ? relativeFault(path, specifier, typeOnly, rule, sources)
    : packageFault(specifier, rule, declared);
  return [...(fault ? [fault] : []), ...(star ? ['is exported with *; list the names'] : [])];
}

function relativeFault(
  path: string,
  specifier: string,
  typeOnly: boolean,
  rule: FolderRule,
  sources: Sources,
): string | undefined {
  const target = resolve(path, specifier);
  if (!(target in sources)) {
    return 'is no source of lib/, with its extension .js';
  }
  if (posix.basename(target) === 'index.ts') {
    return 'is a barrel; import the file that has the name';
  }
  const [from, to] = [folderOf(path), folderOf(target)];
  const allowed = from === to ? 'any' : rule.folders[to];
  if (!allowed) {
    return `points the wrong way: ${from || 'the root'} may not import ${to || 'the root'}`;
  }
  return allowed === 'type' && !typeOnly ? 'may be imported with `import type` alone' : undefined;
}

function packageFault(
  specifier: string,
  rule: FolderRule,
  declared: readonly string[],
): string | undefined {
  if (isBuiltin(specifier)) {
    return rule.builtins ? undefined : 'is a module of Node, and this folder does without';
  }
  if (rule.computed && specifier.includes('(')) {
    return undefined;
  }
  const name = packageOf(specifier);
  if (!rule.packages.includes(name)) {
    return 'is a package that this folder may not reach';
  }
  if (name.startsWith('@nestjs/') && specifier !== name) {
    return 'is a deep path; import the root of the package';
  }
  return declared.includes(name) ? undefined : 'is no peer dependency of package.json';
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.indexOf('/')) : '';
}

function resolve(path: string, specifier: string): string {
  return posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts');
}

/** Types count: files that need each other to be read belong in one. */
function cycles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`);
    } else if (!done.has(path)) {
      for (const { specifier } of importsOf(sources[path] ?? '')) {
        if (specifier.startsWith('.')) {
          walk(resolve(path, specifier), [...trail, path]);
        }
      }
      done.add(path);
    }
  };
  for (const path of Object.keys(sources)) {
    walk(path, []);
  }
  return found;
}
