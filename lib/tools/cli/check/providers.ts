import type ts from 'typescript';
import type { Sink } from './effects.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { type ClassAtom, NOTHING, unionOf, type Value, valueOf } from './values.js';

/** What a token stands for: a symbol, or a text. */
type Token = ts.Symbol | string;

/** Of a type that more classes implement, the rest is left. */
const MAX_CLASSES = 12;

/** What dependency injection puts where, as the providers of the modules say it. @internal */
export class Providers {
  readonly #values = new Map<ts.ObjectLiteralExpression, Value>();
  #bound: Map<Token, ts.ObjectLiteralExpression[]> | undefined;

  constructor(private readonly machine: Machine) {}

  /** What a parameter of a constructor, or a property, is given. */
  injectedAt(node: ts.ParameterDeclaration | ts.PropertyDeclaration): Value {
    const inject = this.#injectOf(node);
    if (inject) {
      const token = this.#tokenOf(inject);
      const bound = token === undefined ? undefined : this.#boundTo(token);
      if (bound) {
        return bound;
      }
      const named = this.machine.evaluate(this.#unwrapped(inject), this.#root(inject), new Map());
      const classes = named.atoms.filter(
        (atom): atom is ClassAtom => atom.kind === 'class' && !!atom.node,
      );
      if (classes.length > 0) {
        return valueOf(...classes.map((type) => this.machine.classes.injected(type)));
      }
    }
    const isInjected = inject !== undefined || this.machine.project.ts.isParameter(node);
    return isInjected && node.type ? this.#ofType(node.type) : NOTHING;
  }

  /** The methods that a call may be of, by the type of what it is called on. */
  methodsOf(callee: ts.PropertyAccessExpression, sink: Sink): Value | undefined {
    const objects = this.#objectsOf(
      this.machine.project.checker.getTypeAtLocation(callee.expression),
    );
    return membersOf(this.machine, objects, callee.name.text, callee, sink);
  }

  /** A getter, or a property, of what is known by its type alone. */
  typedMember(node: ts.PropertyAccessExpression, declaration: ts.Declaration, sink: Sink): Value {
    const { ts: typescript, isFollowed, checker } = this.machine.project;
    if (!isFollowed(declaration.getSourceFile()) || !typescript.isClassLike(declaration.parent)) {
      return NOTHING;
    }
    const objects = this.#objectsOf(checker.getTypeAtLocation(node.expression));
    return membersOf(this.machine, objects, node.name.text, node, sink) ?? NOTHING;
  }

  /** The value of what a provider makes, or the class that it names. */
  #boundTo(token: Token): Value | undefined {
    this.#bound ??= this.#find();
    const providers = this.#bound.get(token);
    return providers && unionOf(providers.map((provider) => this.#made(provider)));
  }

  #made(provider: ts.ObjectLiteralExpression): Value {
    const known = this.#values.get(provider);
    if (known) {
      return known;
    }
    const made = this.machine.once(`provider ${this.machine.idOf(provider)}`, NOTHING, () =>
      this.#make(provider),
    );
    this.#values.set(provider, made);
    return made;
  }

  #make(provider: ts.ObjectLiteralExpression): Value {
    const frame = this.#root(provider);
    const part = (name: string) => memberNamed(this.machine.project.ts, provider, name);
    const [useClass, useExisting, useFactory, useValue] = [
      part('useClass'),
      part('useExisting'),
      part('useFactory'),
      part('useValue'),
    ];
    if (useFactory) {
      const factory = this.machine.evaluate(useFactory, frame, new Map());
      const inject = part('inject');
      const given =
        inject && this.machine.project.ts.isArrayLiteralExpression(inject)
          ? inject.elements.map((one) => this.#ofToken(one))
          : [];
      const made = this.machine.call(factory, given, provider, new Map()) ?? NOTHING;
      return valueOf(...made.atoms);
    }
    if (useValue) {
      return valueOf(...this.machine.evaluate(useValue, frame, new Map()).atoms);
    }
    const named = useClass ?? useExisting;
    if (!named) {
      return NOTHING;
    }
    return useExisting
      ? this.#ofToken(named)
      : this.#instances(this.machine.evaluate(named, frame, new Map()));
  }

  #ofToken(node: ts.Expression): Value {
    const token = this.#tokenOf(node);
    return (
      (token === undefined ? undefined : this.#boundTo(token)) ??
      this.#instances(this.machine.evaluate(node, this.#root(node), new Map()))
    );
  }

  #instances({ atoms }: Value): Value {
    return valueOf(
      ...atoms
        .filter((atom): atom is ClassAtom => atom.kind === 'class' && atom.node !== undefined)
        .map((type) => this.machine.classes.injected(type)),
    );
  }

  /** The type is the token; where nothing is bound to it, what it is a type of. */
  #ofType(node: ts.TypeNode): Value {
    const { ts: typescript, checker } = this.machine.project;
    const name = typescript.isTypeReferenceNode(node) ? node.typeName : undefined;
    const symbol = name && checker.getSymbolAtLocation(name);
    const token = symbol && this.machine.origins.target(symbol);
    const bound = token && this.#boundTo(token);
    if (bound) {
      return bound;
    }
    const declaration = token?.valueDeclaration;
    if (
      declaration &&
      typescript.isClassLike(declaration) &&
      !this.machine.classes.isAbstract(declaration)
    ) {
      return this.machine.project.isFollowed(declaration.getSourceFile())
        ? valueOf(this.machine.classes.injected(this.machine.classes.of(declaration)))
        : NOTHING;
    }
    return this.#objectsOf(checker.getTypeFromTypeNode(node));
  }

  /** Instances of the classes that a type allows. */
  #objectsOf(type: ts.Type): Value {
    const { ts: typescript, checker, isFollowed } = this.machine.project;
    const known =
      type.flags & typescript.TypeFlags.TypeParameter
        ? (checker.getBaseConstraintOfType(type) ?? type)
        : type;
    const types = known.isUnionOrIntersection() ? known.types : [known];
    const classes = types.flatMap((one) => {
      const symbol = one.symbol as ts.Symbol | undefined;
      const declared = (symbol?.declarations ?? []).filter(
        (node) =>
          (typescript.isClassLike(node) || typescript.isInterfaceDeclaration(node)) &&
          isFollowed(node.getSourceFile()),
      );
      const own = declared.filter((node) => typescript.isClassLike(node));
      return declared.length === 0 ? [] : [...own, ...this.machine.classes.heirsOf(symbol!)];
    });
    const concrete = classes.filter((node) => !this.machine.classes.isAbstract(node));
    return valueOf(
      ...concrete
        .slice(0, MAX_CLASSES)
        .map((node) => this.machine.classes.injected(this.machine.classes.of(node))),
    );
  }

  #injectOf(node: ts.ParameterDeclaration | ts.PropertyDeclaration): ts.Expression | undefined {
    const { ts: typescript } = this.machine.project;
    return (typescript.getDecorators(node) ?? [])
      .map(({ expression }) => expression)
      .filter((expression) => typescript.isCallExpression(expression))
      .find(({ expression }) => this.machine.origins.is(expression, '@nestjs/common', 'Inject'))
      ?.arguments[0];
  }

  /** `forwardRef(() => X)` */
  #unwrapped(node: ts.Expression): ts.Expression {
    const { ts: typescript } = this.machine.project;
    const [inner] = typescript.isCallExpression(node) ? node.arguments : [];
    return inner && typescript.isArrowFunction(inner) && !typescript.isBlock(inner.body)
      ? inner.body
      : node;
  }

  #tokenOf(given: ts.Expression): Token | undefined {
    const { checker } = this.machine.project;
    const node = this.#unwrapped(given);
    const text = this.machine
      .evaluate(node, this.#root(node), new Map())
      .atoms.find((atom) => atom.kind === 'text');
    if (text) {
      return String(text.text);
    }
    const symbol = checker.getSymbolAtLocation(node);
    return symbol && this.machine.origins.target(symbol);
  }

  #root(node: ts.Node) {
    return this.machine.frameOfFile(node.getSourceFile());
  }

  #find(): Map<Token, ts.ObjectLiteralExpression[]> {
    const { ts: typescript, files } = this.machine.project;
    const bound = new Map<Token, ts.ObjectLiteralExpression[]>();
    this.#bound = bound;
    const visit = (node: ts.Node): void => {
      if (typescript.isObjectLiteralExpression(node)) {
        const provide = memberNamed(typescript, node, 'provide');
        const token = provide && this.#tokenOf(provide);
        if (token !== undefined) {
          bound.set(token, [...(bound.get(token) ?? []), node]);
        }
      }
      typescript.forEachChild(node, visit);
    };
    files.forEach((file) => visit(file));
    return bound;
  }
}

/** What an object literal has under a name. @internal */
export function memberNamed(
  typescript: typeof ts,
  node: ts.ObjectLiteralExpression,
  name: string,
): ts.Expression | undefined {
  for (const property of node.properties) {
    if (property.name?.getText().replaceAll(/['"]/g, '') === name) {
      if (typescript.isPropertyAssignment(property)) {
        return property.initializer;
      }
      if (typescript.isShorthandPropertyAssignment(property)) {
        return property.name;
      }
    }
  }
  return undefined;
}
