import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding } from './finding.js';
import { libraryRecipes } from './library.recipes.js';

type Place = Pick<Finding, 'file' | 'line'>;

/** The libraries of an application whose errors have a recipe, where it declares or imports them. @internal */
export function foundLibraries(application: ApplicationSource): Finding[] {
  const places = new Map([...importedPackages(application), ...declaredPackages(application)]);
  return libraryRecipes.flatMap(({ packages, recipe }): Finding[] => {
    const name = packages.find((candidate) => places.has(candidate));
    return name === undefined
      ? []
      : [{ ...places.get(name)!, kind: 'library', text: `${name}: ${recipe}` }];
  });
}

function declaredPackages({ folder }: ApplicationSource): [string, Place][] {
  const path = nearestManifest(folder);
  if (path === undefined) {
    return [];
  }
  const text = readFileSync(path, 'utf8');
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  const lines = text.split('\n');
  const file = relative(folder, path).split(sep).join('/');
  return Object.keys(dependencies).map((name) => [
    name,
    { file, line: lines.findIndex((line) => line.includes(`"${name}":`)) + 1 },
  ]);
}

function nearestManifest(folder: string): string | undefined {
  const path = join(folder, 'package.json');
  return existsSync(path)
    ? path
    : dirname(folder) === folder
      ? undefined
      : nearestManifest(dirname(folder));
}

function importedPackages(application: ApplicationSource): [string, Place][] {
  const { ts: typescript } = application;
  return nodesOf(application, typescript.isImportDeclaration).flatMap((node): [string, Place][] => {
    const specifier = (node.moduleSpecifier as ts.StringLiteral).text;
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    return [[name, placeOf(application, node)]];
  });
}
