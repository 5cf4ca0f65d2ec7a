import type ts from 'typescript';
import { type Decorator, decoratorsOf } from './decorators.js';
import type { Machine } from './machine.js';
import { atomsOf, type ClassAtom } from './values.js';

/** A method that Nest calls for a request, a query, a message. @internal */
export interface Route {
  /** The class that Nest makes. */
  readonly controller: ClassAtom;
  readonly method: ts.MethodDeclaration;
  /** `BooksController.find` */
  readonly name: string;
  /** `GET /books/:isbn`, `Query book` */
  readonly label: string;
}

/** Decorators of handlers by their package. */
const HANDLERS: readonly [RegExp, readonly string[]][] = [
  [
    /^@nestjs\/common$/,
    [
      'Get',
      'Post',
      'Put',
      'Patch',
      'Delete',
      'All',
      'Options',
      'Head',
      'Search',
      'Sse',
      'Propfind',
      'Proppatch',
      'Mkcol',
      'Copy',
      'Move',
      'Lock',
      'Unlock',
      'QueryMethod',
    ],
  ],
  [
    /^@nestjs\/graphql$/,
    ['Query', 'Mutation', 'Subscription', 'ResolveField', 'ResolveProperty', 'ResolveReference'],
  ],
  [
    /^@nestjs\/microservices$/,
    ['MessagePattern', 'EventPattern', 'GrpcMethod', 'GrpcStreamMethod', 'GrpcStreamCall'],
  ],
  [/^@nestjs\/websockets$/, ['SubscribeMessage']],
];

const OWNERS = /^(?:Controller|Resolver|WebSocketGateway)$/;

/** Every handler of an application. @internal */
export function routesOf(machine: Machine): Route[] {
  return classesOf(machine).flatMap((node) => {
    const owner = decoratorsOf(machine, node).find(
      ({ origin }) => OWNERS.test(origin.name) && origin.package.startsWith('@nestjs/'),
    );
    if (!owner) {
      return [];
    }
    const controller = machine.classes.of(node);
    return methodsOf(machine, controller).flatMap(({ method, handler }) => ({
      controller,
      method,
      name: `${node.name?.text ?? '(class)'}.${method.name.getText()}`,
      label: labelOf(machine, owner, handler),
    }));
  });
}

/** Every class of an application, those inside functions included. @internal */
export function classesOf({ project }: Machine): ts.ClassDeclaration[] {
  const { ts: typescript, files } = project;
  const found: ts.ClassDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isClassDeclaration(node)) {
      found.push(node);
    }
    typescript.forEachChild(node, visit);
  };
  files.forEach((file) => visit(file));
  return found;
}

interface HandlerMethod {
  readonly method: ts.MethodDeclaration;
  readonly handler: Decorator;
}

/** Handlers of a class, with those that it inherits and does not override. */
function methodsOf(machine: Machine, type: ClassAtom): HandlerMethod[] {
  const { ts: typescript } = machine.project;
  const own = (type.node?.members ?? []).flatMap((method): HandlerMethod[] => {
    const handler =
      typescript.isMethodDeclaration(method) && method.body
        ? handlerOf(machine, method)
        : undefined;
    return handler && typescript.isMethodDeclaration(method) ? [{ method, handler }] : [];
  });
  const names = new Set(type.node?.members.map(({ name }) => name?.getText()));
  const inherited = machine.classes
    .basesOf(type)
    .flatMap((base) => methodsOf(machine, base))
    .filter(({ method }) => !names.has(method.name.getText()));
  return [...own, ...inherited];
}

function handlerOf(machine: Machine, method: ts.MethodDeclaration): Decorator | undefined {
  return decoratorsOf(machine, method).find(({ origin }) =>
    HANDLERS.some(([from, names]) => from.test(origin.package) && names.includes(origin.name)),
  );
}

function labelOf(machine: Machine, owner: Decorator, handler: Decorator): string {
  const { name, package: from } = handler.origin;
  const path = textIn(machine, handler);
  if (from !== '@nestjs/common') {
    return path === '' ? name : `${name} ${path}`;
  }
  const parts = [textIn(machine, owner), path].map((part) => part.replaceAll(/^\/|\/$/g, ''));
  return `${name.toUpperCase()} /${parts.filter(Boolean).join('/')}`;
}

/** The path that a decorator is given, or that its options have. */
function textIn(machine: Machine, { call, frame }: Decorator): string {
  const [argument] = call.arguments;
  if (!argument) {
    return '';
  }
  const { ts: typescript } = machine.project;
  const path = typescript.isObjectLiteralExpression(argument)
    ? argument.properties.find(({ name }) => name?.getText() === 'path')
    : undefined;
  const written = path && typescript.isPropertyAssignment(path) ? path.initializer : argument;
  const [text] = atomsOf(machine.evaluate(written, frame, new Map()), 'text');
  return text ? String(text.text) : '';
}
