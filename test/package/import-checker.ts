import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { type Import, importsOf } from './import-reader.js';
import { entryPoints, type FolderRule, folderRules, rootRule } from './import-rules.js';

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
  const folder = posix.dirname(path);
  const rule = ruleOf(folder);
  if (!rule) {
    return [`is imported by a folder that import-rules.ts does not know: ${folder}`];
  }
  const fault = specifier.startsWith('.')
    ? relativeFault(path, specifier, rule, sources)
    : packageFault(specifier, rule.rule, typeOnly, declared);
  return [...(fault ? [fault] : []), ...(star ? ['is exported with *; list the names'] : [])];
}

/** The rule with the longest name that a folder is in. */
function ruleOf(folder: string): { readonly name: string; readonly rule: FolderRule } | undefined {
  if (folder === '.') {
    return { name: '.', rule: rootRule };
  }
  const [name] = Object.keys(folderRules)
    .filter((candidate) => isIn(folder, candidate))
    .toSorted((a, b) => b.length - a.length);
  return name === undefined ? undefined : { name, rule: folderRules[name]! };
}

function isIn(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(`${other}/`);
}

function relativeFault(
  path: string,
  specifier: string,
  { name, rule }: { readonly name: string; readonly rule: FolderRule },
  sources: Sources,
): string | undefined {
  const target = resolve(path, specifier);
  if (!(target in sources)) {
    return 'is no source of lib/, with its extension .js';
  }
  if (posix.basename(target) === 'index.ts') {
    return 'is a barrel; import the file that has the name';
  }
  const to = posix.dirname(target);
  const here = posix.dirname(path);
  const entry = Object.values(entryPoints).find((folder) => isIn(to, folder));
  const isOwn = name === '.' ? to === '.' : isIn(to, name) && (!entry || isIn(here, entry));
  const isAllowed =
    isOwn ||
    (entry ? rule.folders.includes(entry) : rule.folders.some((folder) => isIn(to, folder)));
  return isAllowed ? undefined : `points the wrong way: ${here} may not import ${to}`;
}

function packageFault(
  specifier: string,
  rule: FolderRule,
  typeOnly: boolean,
  declared: readonly string[],
): string | undefined {
  if (isBuiltin(specifier)) {
    return rule.builtins ? undefined : 'is a module of Node, and this folder does without';
  }
  if (rule.computed && specifier.includes('(')) {
    return undefined;
  }
  const name = packageOf(specifier);
  if (typeOnly && rule.handed?.includes(name)) {
    return undefined;
  }
  if (!rule.packages.includes(name) && !(typeOnly && rule.types?.includes(name))) {
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
