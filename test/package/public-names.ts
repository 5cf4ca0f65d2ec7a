import { join } from 'node:path';
import ts from 'typescript';
import { root } from './sources.js';

/** One exported name of an entry point, and what its declaration says of it. */
export interface PublicName {
  readonly name: string;
  /** Whether it exists at run time */
  readonly isValue: boolean;
  readonly documentation: string;
  readonly tags: readonly string[];
}

/** The names that each file exports, re-exported ones followed to their declaration. */
export function publicNames(paths: readonly string[]): Record<string, PublicName[]> {
  const files = paths.map((path) => join(root, path));
  const program = ts.createProgram(files, {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    experimentalDecorators: true,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const checker = program.getTypeChecker();
  return Object.fromEntries(
    files.map((file, i) => {
      const module = checker.getSymbolAtLocation(program.getSourceFile(file)!);
      const names = module ? checker.getExportsOfModule(module) : [];
      return [paths[i]!, names.map((name) => toPublicName(name, checker))];
    }),
  );
}

function toPublicName(exported: ts.Symbol, checker: ts.TypeChecker): PublicName {
  const symbol =
    exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  return {
    name: exported.name,
    isValue: (symbol.flags & ts.SymbolFlags.Value) !== 0,
    documentation: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
    tags: symbol.getJsDocTags(checker).map(({ name }) => name),
  };
}
