import type ts from 'typescript';
import type { TypeScript } from './typescript.loader.js';

/** What a name stands for: an export of a package, or something that the application declares. @internal */
export type Meaning =
  | { readonly package: string; readonly name: string; readonly declaration?: undefined }
  | { readonly package?: undefined; readonly name: string; readonly declaration: ts.Declaration };

/** Follows names to where they are from. @internal */
export class Names {
  constructor(
    private readonly ts: TypeScript,
    readonly checker: ts.TypeChecker,
  ) {}

  /** @returns `undefined` where that is not known before the application runs */
  of(node: ts.Node): Meaning | undefined {
    const symbol = this.checker.getSymbolAtLocation(node);
    return (
      (symbol && this.#ofSymbol(symbol)) ??
      (this.ts.isPropertyAccessExpression(node) ? this.#ofMember(node) : undefined)
    );
  }

  /** Whether a node names this export of this package. */
  is(node: ts.Node, from: string, name: string): boolean {
    const meaning = this.of(node);
    return meaning?.package === from && meaning.name === name;
  }

  /** The class that a node names, where the application declares it. */
  classOf(node: ts.Node): ts.ClassLikeDeclaration | undefined {
    const declaration = this.of(node)?.declaration;
    return declaration && this.ts.isClassLike(declaration) ? declaration : undefined;
  }

  /** What a class extends. */
  baseOf(declaration: ts.ClassLikeDeclaration): ts.Expression | undefined {
    return declaration.heritageClauses?.find(
      ({ token }) => token === this.ts.SyntaxKind.ExtendsKeyword,
    )?.types[0]?.expression;
  }

  /** The call of a decorator, `@Catch(…)` for instance. */
  decoratorOf(node: ts.Node, from: string, name: string): ts.CallExpression | undefined {
    const decorators = this.ts.canHaveDecorators(node) ? (this.ts.getDecorators(node) ?? []) : [];
    return decorators
      .map(({ expression }) => expression)
      .filter((expression) => this.ts.isCallExpression(expression))
      .find(({ expression }) => this.is(expression, from, name));
  }

  #ofSymbol(symbol: ts.Symbol): Meaning | undefined {
    const isAlias = (symbol.flags & this.ts.SymbolFlags.Alias) !== 0;
    const [declaration] =
      (isAlias ? this.checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
    if (declaration && !this.ts.isSourceFile(declaration)) {
      return { name: symbol.name, declaration };
    }
    const imported = symbol.declarations?.[0];
    return imported && this.#ofImport(imported);
  }

  #ofImport(declaration: ts.Declaration): Meaning | undefined {
    const { ts: typescript } = this;
    if (typescript.isImportSpecifier(declaration)) {
      const from = moduleOf(declaration.parent.parent.parent);
      return from === undefined
        ? undefined
        : { package: from, name: (declaration.propertyName ?? declaration.name).text };
    }
    const from = typescript.isImportClause(declaration) ? moduleOf(declaration.parent) : undefined;
    return from === undefined ? undefined : { package: from, name: 'default' };
  }

  /** `common.HttpException` of `import * as common`, or of a package's default export. */
  #ofMember({ expression, name }: ts.PropertyAccessExpression): Meaning | undefined {
    const imported = this.checker.getSymbolAtLocation(expression)?.declarations?.[0];
    if (!imported) {
      return undefined;
    }
    const statement = this.ts.findAncestor(imported, this.ts.isImportDeclaration);
    const isWhole = this.ts.isNamespaceImport(imported) || this.ts.isImportClause(imported);
    const from = isWhole && statement ? moduleOf(statement) : undefined;
    return from ? { package: from, name: name.text } : undefined;
  }
}

function moduleOf(statement: ts.Node): string | undefined {
  return (statement as Partial<ts.ImportDeclaration>).moduleSpecifier
    ? ((statement as ts.ImportDeclaration).moduleSpecifier as ts.StringLiteral).text
    : undefined;
}
