import { statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type ts from 'typescript';
import { UsageError } from '../usage.error.js';
import { Names } from './names.js';
import { type TypeScript, typeScriptOf } from './typescript.loader.js';

/** The TypeScript source of an application, read and not run. @internal */
export interface ApplicationSource {
  readonly ts: TypeScript;
  readonly folder: string;
  readonly files: readonly ts.SourceFile[];
  readonly names: Names;
}

/** What runs in tests only makes no answers. */
const TEST = /\.(?:spec|test|e2e-spec|e2e-test)\.[cm]?tsx?$|\.d\.[cm]?ts$/;

/**
 * Reads the source that the folder's tsconfig.json names, or the one above it, as far as it lies in
 * the folder.
 *
 * @throws UsageError where there is no tsconfig.json, or no source.
 * @internal
 */
export function readApplication(given: string): ApplicationSource {
  const { typescript, folder, sources, options } = readSources(given);
  // The application's own files only: what its packages declare is not needed to know where a name is from
  const program = typescript.createProgram(sources, { ...options, noResolve: true, noLib: true });
  const files = program.getSourceFiles().filter(({ fileName }) => isSource(folder, fileName));
  return {
    ts: typescript,
    folder,
    files,
    names: new Names(typescript, program.getTypeChecker()),
  };
}

/** What there is to read of an application, and how it is compiled. @internal */
export interface ApplicationFiles {
  readonly typescript: TypeScript;
  /** Absolute. */
  readonly folder: string;
  readonly sources: readonly string[];
  readonly options: ts.CompilerOptions;
}

/**
 * Finds the source that the folder's tsconfig.json names, or the one above it, as far as it lies in
 * the folder.
 *
 * @throws UsageError where there is no tsconfig.json, or no source.
 * @internal
 */
export function readSources(given: string): ApplicationFiles {
  const folder = resolve(given);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`${given} is no folder`);
  }
  const typescript = typeScriptOf(folder);
  const { fileNames, options } = readConfig(typescript, given, folder);
  const sources = fileNames.filter((path) => isSource(folder, path));
  if (sources.length === 0) {
    throw new UsageError(`the tsconfig.json of ${given} names no TypeScript source in it`);
  }
  return { typescript, folder, sources, options };
}

/** Whether a file is of the application in a folder, and no test of it. @internal */
export function isSource(folder: string, path: string): boolean {
  return isIn(folder, path) && !TEST.test(path);
}

/** What a tsconfig.json names, and those that it refers to where it names nothing itself. */
function readConfig(typescript: TypeScript, given: string, folder: string): ts.ParsedCommandLine {
  const path = typescript.findConfigFile(folder, (name) => typescript.sys.fileExists(name));
  if (path === undefined) {
    throw new UsageError(`${given} has no tsconfig.json, nor has a folder above it`);
  }
  const config = parseConfig(typescript, path);
  const referred = (config.projectReferences ?? []).map((reference) =>
    parseConfig(typescript, typescript.resolveProjectReferencePath(reference)),
  );
  const [first = config] = config.fileNames.length > 0 ? [config] : referred;
  const fileNames = [config, ...referred].flatMap((one) => one.fileNames);
  return { ...first, fileNames: [...new Set(fileNames)] };
}

function parseConfig(typescript: TypeScript, path: string): ts.ParsedCommandLine {
  const { config, error } = typescript.readConfigFile(path, (name) =>
    typescript.sys.readFile(name),
  );
  if (error) {
    throw new UsageError(
      `${path}: ${typescript.flattenDiagnosticMessageText(error.messageText, ' ')}`,
    );
  }
  return typescript.parseJsonConfigFileContent(config, typescript.sys, dirname(path));
}

function isIn(folder: string, path: string): boolean {
  const inside = relative(folder, path).split(sep);
  return inside[0] !== '..' && !inside.includes('node_modules');
}

/** Where a node is, as a report says it. @internal */
export function placeOf(
  { folder }: ApplicationSource,
  node: ts.Node,
): { readonly file: string; readonly line: number } {
  const file = node.getSourceFile();
  return {
    file: relative(folder, file.fileName).split(sep).join('/'),
    line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1,
  };
}

/** Every node of every file that `is` tells. @internal */
export function nodesOf<Node extends ts.Node>(
  { ts: typescript, files }: ApplicationSource,
  is: (node: ts.Node) => node is Node,
): Node[] {
  return files.flatMap((file) => nodesIn(typescript, file, is));
}

/** Every node in another one, itself included, that `is` tells. @internal */
export function nodesIn<Node extends ts.Node>(
  typescript: TypeScript,
  root: ts.Node,
  is: (node: ts.Node) => node is Node,
): Node[] {
  const found: Node[] = [];
  const visit = (node: ts.Node): void => {
    if (is(node)) {
      found.push(node);
    }
    typescript.forEachChild(node, visit);
  };
  visit(root);
  return found;
}

/** Whether a name is in use in a file for something else than this export of this package. @internal */
export function isTaken(
  application: ApplicationSource,
  file: string,
  { name, from }: { readonly name: string; readonly from: string },
): boolean {
  return nodesOf(application, application.ts.isIdentifier).some(
    (node) =>
      node.text === name &&
      placeOf(application, node).file === file &&
      application.names.of(node)?.package !== from,
  );
}
