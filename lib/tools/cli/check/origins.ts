import type ts from 'typescript';
import { LIBRARY, type Project } from './project.js';

/** An export of a package. @internal */
export interface Origin {
  /** Without what follows its name: `rxjs` of `rxjs/operators`. */
  readonly package: string;
  readonly name: string;
}

/** Follows names to the packages that they are from, whether those are installed or not. @internal */
export class Origins {
  readonly #known = new Map<ts.Symbol, Origin | undefined>();

  constructor(private readonly project: Project) {}

  /** @returns `undefined` for what the application declares itself, and what is no name */
  of(node: ts.Node): Origin | undefined {
    const { ts: typescript, checker } = this.project;
    const symbol = checker.getSymbolAtLocation(node);
    const origin = symbol && this.ofSymbol(symbol);
    if (origin || !typescript.isPropertyAccessExpression(node)) {
      return origin;
    }
    // `common.HttpException` of `import * as common`
    const whole = this.of(node.expression);
    return whole?.name === '*' || whole?.name === 'default'
      ? { package: whole.package, name: node.name.text }
      : undefined;
  }

  /** Whether a node names one of these exports of this package. */
  is(node: ts.Node, from: string, ...names: readonly string[]): boolean {
    const origin = this.of(node);
    return origin?.package === from && names.includes(origin.name);
  }

  /** The symbol behind a name, wherever it was imported from. */
  target(symbol: ts.Symbol): ts.Symbol {
    const { ts: typescript, checker } = this.project;
    return (symbol.flags & typescript.SymbolFlags.Alias) === 0
      ? symbol
      : checker.getAliasedSymbol(symbol);
  }

  ofSymbol(symbol: ts.Symbol): Origin | undefined {
    if (!this.#known.has(symbol)) {
      this.#known.set(symbol, this.#find(symbol));
    }
    return this.#known.get(symbol);
  }

  /** The package that a declaration file belongs to. */
  packageOf(file: ts.SourceFile): string | undefined {
    if (this.project.isLibrary(file)) {
      return LIBRARY;
    }
    const inside = file.fileName.split('/node_modules/').at(-1);
    if (inside === undefined || inside === file.fileName) {
      return undefined;
    }
    const [scope = '', name] = inside.split('/');
    const found = scope.startsWith('@') ? `${scope}/${name}` : scope;
    return found.startsWith('@types/') ? found.slice('@types/'.length) : found;
  }

  #find(symbol: ts.Symbol): Origin | undefined {
    const { ts: typescript, checker, isFollowed } = this.project;
    const [declaration] = this.target(symbol).declarations ?? [];
    if (declaration && isFollowed(declaration.getSourceFile())) {
      return undefined;
    }
    const { Alias } = typescript.SymbolFlags;
    for (let step: ts.Symbol | undefined = symbol; step && (step.flags & Alias) !== 0;) {
      const origin = this.#ofImport(step.declarations?.[0]);
      if (origin) {
        return origin;
      }
      step = checker.getImmediateAliasedSymbol(step);
    }
    const file = declaration?.getSourceFile();
    const from = file && this.packageOf(file);
    return from === undefined ? undefined : { package: from, name: this.target(symbol).name };
  }

  #ofImport(declaration: ts.Declaration | undefined): Origin | undefined {
    const { ts: typescript } = this.project;
    const statement = declaration && typescript.findAncestor(declaration, hasModule(typescript));
    const module = statement && moduleText(typescript, statement);
    if (!declaration || module === undefined || /^\.{0,2}\//.test(module)) {
      return undefined;
    }
    const isNamed =
      typescript.isImportSpecifier(declaration) || typescript.isExportSpecifier(declaration);
    const name = isNamed
      ? (declaration.propertyName ?? declaration.name).text
      : typescript.isNamespaceImport(declaration)
        ? '*'
        : 'default';
    return { package: packageName(module), name };
  }
}

type Importing = ts.ImportDeclaration | ts.ExportDeclaration | ts.ImportEqualsDeclaration;

function hasModule(typescript: typeof ts): (node: ts.Node) => node is Importing {
  return (node): node is Importing =>
    typescript.isImportDeclaration(node) ||
    typescript.isExportDeclaration(node) ||
    typescript.isImportEqualsDeclaration(node);
}

function moduleText(typescript: typeof ts, statement: Importing): string | undefined {
  const specifier = typescript.isImportEqualsDeclaration(statement)
    ? typescript.isExternalModuleReference(statement.moduleReference)
      ? statement.moduleReference.expression
      : undefined
    : statement.moduleSpecifier;
  return specifier && typescript.isStringLiteral(specifier) ? specifier.text : undefined;
}

function packageName(module: string): string {
  const [scope = '', name] = module.split('/');
  return module.startsWith(LIBRARY) ? LIBRARY : scope.startsWith('@') ? `${scope}/${name}` : scope;
}
