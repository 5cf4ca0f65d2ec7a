import { dirname, relative, sep } from 'node:path';
import type ts from 'typescript';
import { keyOf, type CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';
import { type Edit, newlineOf, withoutItems, wholeLine } from './edits.js';
import type { Naming } from './effects.js';
import { exceptionOf } from './exception.classes.js';
import type { Machine } from './machine.js';
import { LIBRARY } from './project.js';

/** The imports of one file, with what is to be added to them and taken away. @internal */
export class FileImports {
  readonly #wanted = new Map<string, Set<string>>();
  readonly #statements: readonly ts.ImportDeclaration[];

  constructor(
    private readonly machine: Machine,
    private readonly file: ts.SourceFile,
  ) {
    const { ts: typescript } = machine.project;
    this.#statements = file.statements.filter((one) => typescript.isImportDeclaration(one));
  }

  /**
   * How to name something in this file, which is imported where it is not yet.
   *
   * @param row - what it is to declare: of two classes of a name either will do that declares this
   * @returns `undefined` where it cannot be named here
   */
  nameOf(
    { from, name }: Naming,
    row: CatalogueEntry | undefined,
    before: ts.Node,
  ): string | undefined {
    if ('declaration' in from && from.declaration.getSourceFile() === this.file) {
      // A class that is declared further down is not there yet when decorators run
      return from.declaration.pos < before.pos ? name : undefined;
    }
    const known = this.#imported(from, name);
    if (known !== undefined) {
      return known;
    }
    const same = this.#sameRow(name, row);
    if (same !== undefined || this.#isTaken(name)) {
      return same;
    }
    const module = 'package' in from ? from.package : this.#moduleOf(from.declaration);
    if (module === undefined) {
      return undefined;
    }
    this.#wanted.set(module, (this.#wanted.get(module) ?? new Set()).add(name));
    return name;
  }

  /** What adds the names that were asked for. */
  additions(): Edit[] {
    return [...this.#wanted].flatMap(([module, names]) => {
      const list = this.#namedImports(module);
      const sorted = [...names].toSorted((a, b) =>
        a.localeCompare(b, 'en', { sensitivity: 'base' }),
      );
      return list
        ? sorted.map((name) => this.#added(list, name))
        : [this.#statement(module, sorted)];
    });
  }

  /** What takes names away that nothing is left to use. */
  removals(removed: readonly ts.Node[], stays: ReadonlySet<string>): Edit[] {
    const { ts: typescript } = this.machine.project;
    const names = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (typescript.isIdentifier(node)) {
        names.add(node.text);
      }
      typescript.forEachChild(node, visit);
    };
    removed.forEach(visit);
    const unused = new Set(
      [...names].filter((name) => !stays.has(name) && !this.#isUsed(name, removed)),
    );
    return this.#statements.flatMap(({ importClause }, index) => {
      const bindings = importClause?.namedBindings;
      if (!bindings || !typescript.isNamedImports(bindings)) {
        return [];
      }
      const isDropped = (node: ts.Node) => unused.has((node as ts.ImportSpecifier).name.text);
      return bindings.elements.length > 0 &&
        bindings.elements.every(isDropped) &&
        !importClause.name
        ? [wholeLine(this.#statements[index]!)]
        : withoutItems(bindings.elements, isDropped);
    });
  }

  #isUsed(name: string, except: readonly ts.Node[]): boolean {
    const { ts: typescript } = this.machine.project;
    const visit = (node: ts.Node): boolean => {
      if (except.includes(node) || typescript.isImportDeclaration(node)) {
        return false;
      }
      return (
        (typescript.isIdentifier(node) && node.text === name) ||
        (typescript.forEachChild(node, (child) => visit(child) || undefined) ?? false)
      );
    };
    return visit(this.file);
  }

  #imported(from: Naming['from'], name: string): string | undefined {
    const { checker } = this.machine.project;
    return this.#specifiers().find((specifier) => {
      const symbol = checker.getSymbolAtLocation(specifier.name);
      if (!symbol) {
        return false;
      }
      const origin = this.machine.origins.ofSymbol(symbol);
      return 'package' in from
        ? origin?.package === from.package && origin.name === name
        : this.machine.origins
            .target(symbol)
            .declarations?.includes(from.declaration as ts.Declaration);
    })?.name.text;
  }

  /** Nest and this library have classes of one name, which mostly declare the same. */
  #sameRow(name: string, row: CatalogueEntry | undefined): string | undefined {
    const { checker } = this.machine.project;
    const specifier = this.#specifiers().find((one) => one.name.text === name);
    const symbol = specifier && checker.getSymbolAtLocation(specifier.name);
    const origin = symbol && this.machine.origins.ofSymbol(symbol);
    const declares = origin && exceptionOf(origin)?.declares;
    return declares && row && keyOf(declares) === keyOf(row) ? name : undefined;
  }

  #specifiers(): ts.ImportSpecifier[] {
    const { ts: typescript } = this.machine.project;
    return this.#statements.flatMap(({ importClause }) => {
      const bindings = importClause?.namedBindings;
      const isValue = bindings && typescript.isNamedImports(bindings) && !importClause.isTypeOnly;
      return isValue ? bindings.elements.filter(({ isTypeOnly }) => !isTypeOnly) : [];
    });
  }

  #isTaken(name: string): boolean {
    const { ts: typescript } = this.machine.project;
    const visit = (node: ts.Node): boolean =>
      (typescript.isIdentifier(node) && node.text === name) ||
      (typescript.forEachChild(node, (child) => visit(child) || undefined) ?? false);
    return visit(this.file);
  }

  #namedImports(module: string): ts.NamedImports | undefined {
    const { ts: typescript } = this.machine.project;
    return this.#statements
      .filter(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text === module)
      .map(({ importClause }) => importClause)
      .filter((clause) => clause !== undefined && !clause.isTypeOnly)
      .map((clause) => clause?.namedBindings)
      .find((names): names is ts.NamedImports => !!names && typescript.isNamedImports(names));
  }

  /** In its place by the alphabet, on a line of its own where the others have one. */
  #added({ elements }: ts.NamedImports, name: string): Edit {
    const { text } = this.file;
    const isBefore = (one: ts.ImportSpecifier) =>
      one.name.text.localeCompare(name, 'en', { sensitivity: 'base' }) < 0;
    const before = elements.findLast(isBefore);
    const first = elements[0];
    if (before) {
      const gap = /^\s*/.exec(text.slice(elements.pos))![0];
      return {
        start: before.getEnd(),
        end: before.getEnd(),
        text: `,${gap === '' ? ' ' : gap}${name}`,
      };
    }
    const start = first ? first.getStart() : elements.pos;
    const gap = first ? /^\s*/.exec(text.slice(elements.pos))![0] : ' ';
    return { start, end: start, text: first ? `${name},${gap === '' ? ' ' : gap}` : ` ${name} ` };
  }

  /** After the last import, in its quotes, with its semicolon or without. */
  #statement(module: string, names: readonly string[]): Edit {
    const last = this.#statements.at(-1);
    const quote = last?.moduleSpecifier.getText()[0] ?? "'";
    const space = this.#statements.some((one) => /\{\S/.test(one.getText())) ? '' : ' ';
    const semicolon = last === undefined || last.getText().endsWith(';') ? ';' : '';
    const line = `import {${space}${names.join(', ')}${space}} from ${quote}${module}${quote}${semicolon}`;
    const newline = newlineOf(this.file);
    if (!last) {
      return { start: 0, end: 0, text: `${line}${newline}` };
    }
    const end = this.file.text.slice(last.getEnd()).search(/\r?\n|$/) + last.getEnd();
    return { start: end, end, text: `${newline}${line}` };
  }

  /** A file of the application's, as this one names such files. */
  #moduleOf(declaration: ts.Node): string | undefined {
    const { ts: typescript } = this.machine.project;
    const modifiers = typescript.canHaveModifiers(declaration)
      ? (typescript.getModifiers(declaration) ?? [])
      : [];
    const kinds = new Set(modifiers.map(({ kind }) => kind));
    const { ExportKeyword, DefaultKeyword } = typescript.SyntaxKind;
    if (!kinds.has(ExportKeyword) || kinds.has(DefaultKeyword)) {
      return undefined;
    }
    const path = relative(dirname(this.file.fileName), declaration.getSourceFile().fileName);
    const dotted = path.startsWith('.') ? path : `./${path}`;
    return dotted
      .split(sep)
      .join('/')
      .replace(/\.([cm]?)tsx?$/, (_all, kind: string) => this.#extension(kind));
  }

  #extension(kind: string): string {
    const all = this.machine.project.files.flatMap((file) => file.statements);
    const { ts: typescript } = this.machine.project;
    const sample = [
      ...this.#statements,
      ...all.filter((one) => typescript.isImportDeclaration(one)),
    ]
      .map(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text)
      .find((text) => /^\.{1,2}\//.test(text));
    return /\.[cm]?js$/.test(sample ?? '')
      ? `.${kind}js`
      : /\.[cm]?ts$/.test(sample ?? '')
        ? `.${kind}ts`
        : '';
  }
}

/** `Throws` itself. @internal */
export const THROWS: Naming = { from: { package: LIBRARY }, name: 'Throws' };
