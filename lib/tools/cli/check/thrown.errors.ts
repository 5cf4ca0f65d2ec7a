import type ts from 'typescript';
import { contractRows } from '../../../contract/catalogue/contract-rows.js';
import { decoratorsOf } from './decorators.js';
import {
  addAll,
  type Effect,
  type Effects,
  keyOfThrown,
  NO_EFFECTS,
  opaqueInto,
  type Sink,
  throwInto,
} from './effects.js';
import type { Enhancer, EnhancerKind } from './enhancers.js';
import { namingOfRow } from './exception.classes.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import type { Route } from './routes.js';
import { atomsOf, carrying, NOTHING, type ObjectAtom, type Value, valueOf } from './values.js';

const METHODS: Readonly<Record<Exclude<EnhancerKind, 'filter'>, string>> = {
  guard: 'canActivate',
  pipe: 'transform',
  interceptor: 'intercept',
};

/** What a handler throws, with what the decorators of its parameters do. @internal */
export function thrownByHandler(machine: Machine, route: Route): Effects {
  const { controller, method } = route;
  const { effects } = machine.read((sink) => {
    const self = valueOf(machine.classes.injected(controller));
    const handler = membersOf(machine, self, method.name.getText(), method, sink);
    const fn = handler && atomsOf(handler, 'function')[0];
    if (fn) {
      // What Nest calls is no step of the application's
      const value = machine.invoke(fn, [], method, sink);
      addAll(sink, value.carried);
    }
    method.parameters.forEach((parameter) => readDecorators(machine, parameter, sink));
  });
  return mapped(machine, withoutFirstStep(effects));
}

/** `createParamDecorator((data, context) => …)` of the application's. */
function readDecorators(machine: Machine, parameter: ts.ParameterDeclaration, sink: Sink): void {
  const { ts: typescript, checker } = machine.project;
  for (const { expression } of typescript.getDecorators(parameter) ?? []) {
    const callee = typescript.isCallExpression(expression) ? expression.expression : expression;
    const found = checker.getSymbolAtLocation(callee);
    const declaration = found && machine.origins.target(found).valueDeclaration;
    const maker =
      declaration && typescript.isVariableDeclaration(declaration)
        ? declaration.initializer
        : undefined;
    if (
      maker &&
      typescript.isCallExpression(maker) &&
      machine.origins.is(maker.expression, '@nestjs/common', 'createParamDecorator')
    ) {
      const frame = machine.frameOfFile(maker.getSourceFile());
      const factory = machine.evaluate(maker.arguments[0]!, frame, sink);
      const value = machine.call(factory, [], parameter, sink);
      addAll(sink, value?.carried ?? NO_EFFECTS);
    }
  }
}

/** What a guard, a pipe or an interceptor throws by itself. @internal */
export function thrownByEnhancer(machine: Machine, { kind, object }: Enhancer): Effects {
  if (!object || kind === 'filter') {
    return NO_EFFECTS;
  }
  const { effects } = machine.read((sink) => {
    const anything: Sink = new Map();
    opaqueInto(anything);
    const args = kind === 'interceptor' ? [NOTHING, carrying(anything)] : [];
    const value = call(machine, object, METHODS[kind], args, sink);
    if (kind === 'guard' && value && mayRefuse(machine, object)) {
      const row = contractRows.forbidden;
      const thrown = {
        lineage: ['nest ForbiddenException', 'nest HttpException', 'Error'],
        row,
        naming: namingOfRow(row),
      };
      throwInto(sink, thrown, object.type.node!);
    }
  });
  return mapped(machine, withoutFirstStep(effects));
}

/**
 * What leaves an interceptor of what a handler throws, and what it makes of that.
 *
 * @param own - what the interceptor throws whatever the handler does
 * @internal
 */
export function throughInterceptor(
  machine: Machine,
  { object }: Enhancer,
  inside: Effects,
  own: Effects,
): Effects {
  if (!object || inside.size === 0) {
    return inside;
  }
  const { effects } = machine.read((sink) => {
    call(machine, object, METHODS.interceptor, [NOTHING, carrying(inside)], sink);
  });
  const outside = [...mapped(machine, withoutFirstStep(effects))].filter(([key]) => !own.has(key));
  return new Map(outside.map(([key, effect]) => [key, inside.get(key) ?? effect]));
}

function call(
  machine: Machine,
  object: ObjectAtom,
  name: string,
  args: readonly Value[],
  sink: Sink,
): Value | undefined {
  const node = object.type.node!;
  const method = membersOf(machine, valueOf(object), name, node, sink);
  const value = method && machine.call(method, args, node, sink);
  addAll(sink, value?.carried ?? NO_EFFECTS);
  return value;
}

/** Nest answers 403 where a guard returns anything that is not true. */
function mayRefuse(machine: Machine, { type }: ObjectAtom): boolean {
  const { ts: typescript } = machine.project;
  const found = machine.classes.findMember(type, METHODS.guard, false)?.member;
  const body = found && typescript.isMethodDeclaration(found) ? found.body : undefined;
  const visit = (node: ts.Node): boolean => {
    if (typescript.isFunctionLike(node)) {
      return false;
    }
    if (typescript.isReturnStatement(node) && node.expression) {
      return !isTrue(machine, node.expression);
    }
    return typescript.forEachChild(node, (child) => visit(child) || undefined) ?? false;
  };
  return body !== undefined && visit(body);
}

/** `true`, or what a base class of a package decides, which throws where it refuses. */
function isTrue({ project }: Machine, node: ts.Expression): boolean {
  const { ts: typescript } = project;
  const { SyntaxKind } = typescript;
  const text = node.getText();
  return (
    node.kind === SyntaxKind.TrueKeyword ||
    /super\.canActivate/.test(text) ||
    /^Promise\.resolve\(true\)$/.test(text)
  );
}

/** What the application's mappers make of errors that are no exceptions; a filter's are its own. */
function mapped(machine: Machine, effects: Effects): Effects {
  const { implied } = machine.foreign;
  const all: Sink = new Map();
  for (const [key, effect] of effects) {
    if (effect.kind === 'thrown' && !effect.thrown.row) {
      for (const thrown of implied?.answersOf(effect.thrown) ?? []) {
        all.set(keyOfThrown(thrown), { ...effect, thrown });
      }
    } else if (effect.kind !== 'opaque') {
      all.set(key, effect);
    }
  }
  return all;
}

function withoutFirstStep(effects: Effects): Effects {
  return new Map(
    [...effects].map(([key, effect]): [string, Effect] => [
      key,
      effect.steps.length > 1 ? { ...effect, steps: effect.steps.slice(1) } : effect,
    ]),
  );
}

/** What filters of the application's answer by themselves. @internal */
export function withoutCaught(
  machine: Machine,
  effects: Effects,
  filters: readonly Enhancer[],
): Effects {
  const caught = filters.flatMap(({ object }) =>
    object?.type.node
      ? decoratorsOf(machine, object.type.node)
          .filter(({ origin }) => origin.name === 'Catch')
          .flatMap(({ call: { arguments: args }, frame }) =>
            args.flatMap((one) => atomsOf(machine.evaluate(one, frame, new Map()), 'class')),
          )
      : [],
  );
  const wanted = caught.flatMap(({ exception }) => exception?.lineage[0] ?? []);
  return new Map(
    [...effects].filter(
      ([, effect]) =>
        effect.kind !== 'thrown' || !wanted.some((one) => effect.thrown.lineage.includes(one)),
    ),
  );
}
