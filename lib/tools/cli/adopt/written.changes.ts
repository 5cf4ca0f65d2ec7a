import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type ts from 'typescript';
import type { ApplicationSource } from './application.source.js';
import type { Change, Finding, Insertion } from './finding.js';
import { firstIn } from './insertion.js';
import type { TypeScript } from './typescript.loader.js';

/**
 * Makes the changes of these findings in the application's files, each of which only puts text in.
 *
 * @internal
 */
export function writeChanges(application: ApplicationSource, findings: readonly Finding[]): void {
  const files = new Set(findings.filter(({ change }) => change).map(({ file }) => file));
  for (const file of files) {
    const path = join(application.folder, file);
    const source = application.files.find(({ fileName }) => join(fileName) === path)!;
    const changes = findings.flatMap((finding) =>
      finding.file === file && finding.change ? [finding.change] : [],
    );
    const written = withInsertions(source.text, insertionsOf(application, source, changes));
    // The compiler reads a text without its byte order mark
    const mark = readFileSync(path, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : '';
    writeFileSync(path, mark + written);
  }
}

function withInsertions(text: string, insertions: readonly Insertion[]): string {
  return insertions
    .toSorted((a, b) => b.position - a.position)
    .reduce(
      (written, { position, text: added }) =>
        written.slice(0, position) + added + written.slice(position),
      text,
    );
}

function insertionsOf(
  { ts: typescript }: ApplicationSource,
  source: ts.SourceFile,
  changes: readonly Change[],
): Insertion[] {
  const wanted = new Map<string, Set<string>>();
  for (const { imports } of changes) {
    wanted.set(imports.from, (wanted.get(imports.from) ?? new Set()).add(imports.name));
  }
  const statements = source.statements.filter((statement) =>
    typescript.isImportDeclaration(statement),
  );
  const imports = [...wanted].map(([from, names]) => {
    const list = namedImports(typescript, statements, from);
    return list
      ? firstIn(list, list.elements, [...names].join(', '), ' ')
      : newImport(source, statements, [...names], from);
  });
  return [...changes.flatMap(({ insertions }) => insertions), ...imports];
}

/** The names that a file imports from a package already. */
function namedImports(
  typescript: TypeScript,
  statements: readonly ts.ImportDeclaration[],
  from: string,
): ts.NamedImports | undefined {
  return statements
    .filter(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text === from)
    .map(({ importClause }) => importClause)
    .filter((clause) => clause !== undefined && !clause.isTypeOnly)
    .map((clause) => clause?.namedBindings)
    .find((names) => names !== undefined && typescript.isNamedImports(names));
}

/** After the last import, in its quotes, with its semicolon or without. */
function newImport(
  { text }: ts.SourceFile,
  statements: readonly ts.ImportDeclaration[],
  names: readonly string[],
  from: string,
): Insertion {
  const last = statements.at(-1)!;
  const quote = last.moduleSpecifier.getText()[0]!;
  const space = statements.some((statement) => /\{\S/.test(statement.getText())) ? '' : ' ';
  const semicolon = last.getText().endsWith(';') ? ';' : '';
  const lineEnd = text.slice(last.getEnd()).search(/\r?\n|$/) + last.getEnd();
  const newline = /\r\n/.test(text) ? '\r\n' : '\n';
  const list = `{${space}${names.join(', ')}${space}}`;
  return {
    position: lineEnd,
    text: `${newline}import ${list} from ${quote}${from}${quote}${semicolon}`,
  };
}
