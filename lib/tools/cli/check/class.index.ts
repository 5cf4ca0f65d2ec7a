import type ts from 'typescript';
import { exceptionOf, type ExceptionClass, plainError } from './exception.classes.js';
import type { Machine } from './machine.js';
import { type Frame, atomsOf, type ClassAtom, type ObjectAtom, type Value } from './values.js';

/** The classes of an application, and what extends what. @internal */
export class ClassIndex {
  readonly #atoms = new Map<string, ClassAtom>();
  readonly #bases = new Map<string, readonly ClassAtom[]>();
  #heirs: Map<ts.Symbol, ts.ClassLikeDeclaration[]> | undefined;

  constructor(private readonly machine: Machine) {}

  /** A class of the application's. */
  of(node: ts.ClassLikeDeclaration, from?: Frame): ClassAtom {
    const frame = this.machine.frameAround(node, from);
    const id = `class ${this.machine.idOf(node)} ${frame.id}`;
    const known = this.#atoms.get(id);
    if (known) {
      return known;
    }
    const plain: ClassAtom = { kind: 'class', id, node, frame };
    this.#atoms.set(id, plain);
    const exception = this.#exceptionOf(plain);
    const atom = exception ? { ...plain, exception } : plain;
    this.#atoms.set(id, atom);
    return atom;
  }

  /** What a class extends. */
  basesOf(type: ClassAtom): readonly ClassAtom[] {
    const known = this.#bases.get(type.id);
    if (known) {
      return known;
    }
    const heritage = type.node && this.#extended(type.node);
    this.#bases.set(type.id, []);
    const bases = heritage
      ? atomsOf(this.machine.evaluate(heritage, type.frame!, new Map()), 'class')
      : [];
    this.#bases.set(type.id, bases);
    return bases;
  }

  /** A member by its name, of the class or of what it extends. */
  findMember(
    type: ClassAtom,
    name: string,
    isStatic: boolean,
  ):
    | { readonly member: ts.ClassElement | ts.ParameterDeclaration; readonly owner: ClassAtom }
    | undefined {
    const { ts: typescript } = this.machine.project;
    const own = type.node?.members.find(
      (member) =>
        member.name !== undefined &&
        textOfName(typescript, member.name) === name &&
        hasStatic(typescript, member) === isStatic &&
        !(typescript.isMethodDeclaration(member) && !member.body) &&
        !typescript.isSetAccessor(member),
    );
    const parameter = isStatic ? undefined : this.#parameterProperty(type, name);
    if (own ?? parameter) {
      return { member: (own ?? parameter)!, owner: type };
    }
    return this.basesOf(type)
      .map((base) => this.findMember(base, name, isStatic))
      .find((found) => found !== undefined);
  }

  constructorOf(type: ClassAtom): ts.ConstructorDeclaration | undefined {
    const { ts: typescript } = this.machine.project;
    return type.node?.members.find(
      (member): member is ts.ConstructorDeclaration =>
        typescript.isConstructorDeclaration(member) && member.body !== undefined,
    );
  }

  /** An instance that dependency injection makes. */
  injected(type: ClassAtom): ObjectAtom {
    return { kind: 'object', id: `object ${type.id}`, type };
  }

  isAbstract(node: ts.ClassLikeDeclaration): boolean {
    const { ts: typescript } = this.machine.project;
    return (
      typescript.isClassDeclaration(node) &&
      node.modifiers?.some(({ kind }) => kind === typescript.SyntaxKind.AbstractKeyword) === true
    );
  }

  /** The classes that extend or implement a class or an interface, at any distance. */
  heirsOf(symbol: ts.Symbol): ts.ClassLikeDeclaration[] {
    this.#heirs ??= this.#findHeirs();
    const found = new Set<ts.ClassLikeDeclaration>();
    const visit = (one: ts.Symbol): void => {
      for (const heir of this.#heirs!.get(one) ?? []) {
        const own = (heir as { symbol?: ts.Symbol }).symbol;
        if (!found.has(heir)) {
          found.add(heir);
          if (own) {
            visit(own);
          }
        }
      }
    };
    visit(symbol);
    return [...found];
  }

  /** The class of errors that a type is. */
  ofType(type: ts.Type): ClassAtom | undefined {
    const { ts: typescript, isFollowed } = this.machine.project;
    const declaration = type.symbol?.declarations?.find((one) => typescript.isClassLike(one));
    if (declaration && isFollowed(declaration.getSourceFile())) {
      return this.of(declaration);
    }
    const symbol = type.symbol as ts.Symbol | undefined;
    return symbol && this.ofForeign(symbol);
  }

  /** A class of a package's, or of the language's. */
  ofForeign(symbol: ts.Symbol): ClassAtom | undefined {
    const { origins } = this.machine;
    const origin = origins.ofSymbol(symbol);
    const { name } = origins.target(symbol);
    if (!origin || origin.package === 'typescript') {
      return name.endsWith('Error') ? foreignClass(name, languageError(name)) : undefined;
    }
    const id = `${origin.package} ${origin.name}`;
    return foreignClass(id, exceptionOf(origin) ?? plainError(id));
  }

  #exceptionOf(type: ClassAtom): ExceptionClass | undefined {
    const base = this.basesOf(type).find(({ exception }) => exception)?.exception;
    const { node } = type;
    if (!base || !node) {
      return undefined;
    }
    const name = node.name?.text;
    return {
      ...base,
      lineage: [type.id, ...base.lineage],
      naming: name === undefined ? base.naming : { from: { declaration: node }, name },
    };
  }

  #parameterProperty(type: ClassAtom, name: string): ts.ParameterDeclaration | undefined {
    const { ts: typescript } = this.machine.project;
    return this.constructorOf(type)?.parameters.find(
      (parameter) =>
        typescript.isParameterPropertyDeclaration(parameter, parameter.parent) &&
        parameter.name.getText() === name,
    );
  }

  #extended(node: ts.ClassLikeDeclaration): ts.Expression | undefined {
    const { ts: typescript } = this.machine.project;
    return node.heritageClauses?.find(({ token }) => token === typescript.SyntaxKind.ExtendsKeyword)
      ?.types[0]?.expression;
  }

  #findHeirs(): Map<ts.Symbol, ts.ClassLikeDeclaration[]> {
    const { ts: typescript, checker, files } = this.machine.project;
    const heirs = new Map<ts.Symbol, ts.ClassLikeDeclaration[]>();
    const visit = (node: ts.Node): void => {
      if (typescript.isClassLike(node)) {
        for (const { expression } of (node.heritageClauses ?? []).flatMap(({ types }) => types)) {
          const symbol = checker.getSymbolAtLocation(expression);
          const target = symbol && this.machine.origins.target(symbol);
          if (target) {
            heirs.set(target, [...(heirs.get(target) ?? []), node]);
          }
        }
      }
      typescript.forEachChild(node, visit);
    };
    files.forEach((file) => visit(file));
    return heirs;
  }
}

function languageError(name: string): ExceptionClass {
  return name === 'Error' ? plainError() : plainError(name);
}

function foreignClass(id: string, exception: ExceptionClass): ClassAtom {
  return { kind: 'class', id: `foreign ${id}`, exception };
}

function hasStatic(typescript: typeof ts, member: ts.ClassElement): boolean {
  return (
    typescript.canHaveModifiers(member) &&
    typescript
      .getModifiers(member)
      ?.some(({ kind }) => kind === typescript.SyntaxKind.StaticKeyword) === true
  );
}

/** @internal */
export function textOfName(typescript: typeof ts, name: ts.PropertyName): string | undefined {
  return typescript.isIdentifier(name) ||
    typescript.isStringLiteralLike(name) ||
    typescript.isNumericLiteral(name) ||
    typescript.isPrivateIdentifier(name)
    ? name.text
    : undefined;
}

/** What is known of an argument, to make an error with. @internal */
export type Given = readonly Value[];
