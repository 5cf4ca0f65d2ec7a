import type ts from 'typescript';
import { type Decorator, decoratorsOf } from './decorators.js';
import type { Machine } from './machine.js';
import type { Route } from './routes.js';
import { memberNamed } from './providers.js';
import { type Atom, atomsOf, type ClassAtom, type ObjectAtom, unionOf } from './values.js';

/** What Nest runs around a handler. @internal */
export type EnhancerKind = 'guard' | 'pipe' | 'interceptor' | 'filter';

/** A guard, a pipe, an interceptor or a filter, where it is put around a handler. @internal */
export interface Enhancer {
  readonly kind: EnhancerKind;
  /** Of the application's; else a package's, by its name. */
  readonly object?: ObjectAtom | undefined;
  readonly foreign?: string | undefined;
  readonly node: ts.Node;
}

const DECORATORS: Readonly<Record<string, EnhancerKind>> = {
  UseGuards: 'guard',
  UsePipes: 'pipe',
  UseInterceptors: 'interceptor',
  UseFilters: 'filter',
};
const TOKENS: Readonly<Record<string, EnhancerKind>> = {
  APP_GUARD: 'guard',
  APP_PIPE: 'pipe',
  APP_INTERCEPTOR: 'interceptor',
  APP_FILTER: 'filter',
};
const METHODS: Readonly<Record<string, EnhancerKind>> = {
  useGlobalGuards: 'guard',
  useGlobalPipes: 'pipe',
  useGlobalInterceptors: 'interceptor',
  useGlobalFilters: 'filter',
};

/** What is around every handler of an application. @internal */
export function globalEnhancers(machine: Machine): Enhancer[] {
  const { ts: typescript, files } = machine.project;
  const found: Enhancer[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isObjectLiteralExpression(node)) {
      found.push(...ofToken(machine, node));
    } else if (
      typescript.isCallExpression(node) &&
      typescript.isPropertyAccessExpression(node.expression)
    ) {
      const kind = METHODS[node.expression.name.text];
      found.push(...(kind ? node.arguments.flatMap((one) => enhancersAt(machine, kind, one)) : []));
    }
    typescript.forEachChild(node, visit);
  };
  files.forEach((file) => visit(file));
  return found;
}

function ofToken(machine: Machine, node: ts.ObjectLiteralExpression): Enhancer[] {
  const { ts: typescript } = machine.project;
  const provide = memberNamed(typescript, node, 'provide');
  const origin = provide && machine.origins.of(provide);
  const kind = origin?.package === '@nestjs/core' ? TOKENS[origin.name] : undefined;
  const used =
    kind &&
    ['useClass', 'useExisting', 'useValue', 'useFactory']
      .map((name) => memberNamed(typescript, node, name))
      .find((one) => one !== undefined);
  return kind && used ? enhancersAt(machine, kind, used) : [];
}

/** What is around one handler beside those. @internal */
export function enhancersOf(machine: Machine, { controller, method }: Route): Enhancer[] {
  const lineage = [controller, ...machine.classes.basesOf(controller)];
  const decorators = [
    ...lineage.flatMap(({ node }) => (node ? decoratorsOf(machine, node) : [])),
    ...decoratorsOf(machine, method),
  ];
  const own = decorators.flatMap(({ origin, call }) => {
    const kind = origin.package === '@nestjs/common' ? DECORATORS[origin.name] : undefined;
    return kind ? call.arguments.flatMap((one) => enhancersAt(machine, kind, one)) : [];
  });
  return [
    ...own,
    ...method.parameters.flatMap((one) => pipesOf(machine, decoratorsOf(machine, one))),
  ];
}

/** `@Param('id', ParseIntPipe)` */
function pipesOf(machine: Machine, decorators: readonly Decorator[]): Enhancer[] {
  const { ts: typescript } = machine.project;
  return decorators.flatMap(({ origin, call }) => {
    const isParameter =
      origin.package.startsWith('@nestjs/') && !/^(?:Inject|Api)/.test(origin.name);
    const given = call.arguments.filter(
      (one) => !typescript.isStringLiteralLike(one) && !typescript.isObjectLiteralExpression(one),
    );
    return isParameter ? given.flatMap((one) => enhancersAt(machine, 'pipe', one)) : [];
  });
}

function enhancersAt(machine: Machine, kind: EnhancerKind, node: ts.Expression): Enhancer[] {
  const frame = machine.frameOfFile(node.getSourceFile());
  const value = machine.evaluate(node, frame, new Map());
  const made = atomsOf(value, 'function').map(
    (fn) => machine.call({ ...value, atoms: [fn] }, [], node, new Map()) ?? value,
  );
  const { atoms } = unionOf([
    { ...value, atoms: value.atoms.filter((atom) => atom.kind !== 'function') },
    ...made,
  ]);
  const objects = atoms.flatMap((atom) => instanceOf(machine, atom));
  return objects.length > 0
    ? objects.map((object) => ({ kind, object, node }))
    : [{ kind, node, foreign: foreignName(machine, node) }];
}

function instanceOf(machine: Machine, atom: Atom): ObjectAtom[] {
  return atom.kind === 'object'
    ? [atom]
    : atom.kind === 'class' && atom.node
      ? [machine.classes.injected(atom)]
      : [];
}

function foreignName(machine: Machine, node: ts.Expression): string | undefined {
  const { ts: typescript } = machine.project;
  const named =
    typescript.isNewExpression(node) || typescript.isCallExpression(node) ? node.expression : node;
  const origin = machine.origins.of(named);
  return origin && `${origin.package} ${origin.name}`;
}

/** Whether a class of the application's extends what a package exports: `AuthGuard('jwt')`. @internal */
export function extendsForeign(machine: Machine, type: ClassAtom, pattern: RegExp): boolean {
  const { ts: typescript } = machine.project;
  const heritage = type.node?.heritageClauses?.find(
    ({ token }) => token === typescript.SyntaxKind.ExtendsKeyword,
  )?.types[0]?.expression;
  const name = heritage && foreignName(machine, heritage);
  return (
    (name !== undefined && pattern.test(name)) ||
    machine.classes.basesOf(type).some((base) => extendsForeign(machine, base, pattern))
  );
}
