import { dirname, relative, sep } from 'node:path';
import type ts from 'typescript';
import { isSource, readSources } from '../adopt/application.source.js';
import type { TypeScript } from '../adopt/typescript.loader.js';

/** The name of this package, as applications import it. @internal */
export const LIBRARY = 'nestjs-api-errors';

/** An application with all of its types. @internal */
export interface Project {
  readonly ts: TypeScript;
  readonly checker: ts.TypeChecker;
  /** Absolute: what paths are told from. */
  readonly folder: string;
  /** Source of the application, its tests left out. */
  readonly files: readonly ts.SourceFile[];
  /** Whether a file is of this package. */
  readonly isLibrary: (file: ts.SourceFile) => boolean;
  /** Whether the code of a file is the application's, and there to be followed. */
  readonly isFollowed: (file: ts.SourceFile) => boolean;
}

/**
 * Reads an application with the compiler that it is compiled with, and the types of its packages.
 *
 * @throws UsageError where there is no tsconfig.json, no source or no compiler.
 * @internal
 */
export function readProject(given: string): Project {
  const { typescript, folder, sources, options } = readSources(given);
  const compiled = {
    ...options,
    noEmit: true,
    incremental: false,
    composite: false,
    skipLibCheck: true,
  };
  const host = typescript.createCompilerHost(compiled, true);
  // The few comments that matter are read where they are; TypeScript before 5.3 parses all of them
  const { JSDocParsingMode } = typescript as Partial<TypeScript>;
  if (JSDocParsingMode) {
    host.jsDocParsingMode = JSDocParsingMode.ParseNone;
  }
  const program = typescript.createProgram(sources, compiled, host);
  const library = libraryFolder(typescript, sources[0]!, options);
  const isLibrary = ({ fileName }: ts.SourceFile): boolean =>
    library !== undefined && fileName.startsWith(library);
  const followed = new Set(
    program
      .getSourceFiles()
      .filter(
        (file) =>
          !file.isDeclarationFile &&
          !program.isSourceFileFromExternalLibrary(file) &&
          !file.fileName.includes('/node_modules/') &&
          !isLibrary(file),
      ),
  );
  return {
    ts: typescript,
    checker: remembering(program.getTypeChecker()),
    folder,
    files: [...followed].filter(({ fileName }) => isSource(folder, fileName)),
    isLibrary,
    isFollowed: (file) => followed.has(file),
  };
}

/** A node is asked about once for each way that leads to it. */
function remembering(checker: ts.TypeChecker): ts.TypeChecker {
  return {
    ...checker,
    getSymbolAtLocation: remembered((node: ts.Node) => checker.getSymbolAtLocation(node)),
    getTypeAtLocation: remembered((node: ts.Node) => checker.getTypeAtLocation(node)),
  };
}

function remembered<Result>(find: (node: ts.Node) => Result): (node: ts.Node) => Result {
  const known = new Map<ts.Node, Result>();
  return (node) => {
    if (!known.has(node)) {
      known.set(node, find(node));
    }
    return known.get(node)!;
  };
}

/** Where a workspace has the source of this package itself, which is no part of the application. */
function libraryFolder(
  typescript: TypeScript,
  from: string,
  options: ts.CompilerOptions,
): string | undefined {
  const { resolvedModule } = typescript.resolveModuleName(LIBRARY, from, options, typescript.sys);
  const path = resolvedModule?.resolvedFileName;
  return path === undefined || path.includes('/node_modules/') ? undefined : `${dirname(path)}/`;
}

/** A place as reports say it; lines and columns count from 1. @internal */
export interface Place {
  /** Relative to the folder that was read, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** @internal */
export function placeIn({ folder }: Project, node: ts.Node): Place {
  const file = node.getSourceFile();
  const { line, character } = file.getLineAndCharacterOfPosition(node.getStart());
  const path = relative(folder, file.fileName).split(sep).join('/');
  return { file: path, line: line + 1, column: character + 1 };
}
