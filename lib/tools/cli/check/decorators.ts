import type ts from 'typescript';
import type { Machine } from './machine.js';
import type { Origin } from './origins.js';
import { type Frame, atomsOf } from './values.js';

/** A decorator of a package's, found where it stands or inside one of the application's own. @internal */
export interface Decorator {
  readonly origin: Origin;
  readonly call: ts.CallExpression;
  readonly frame: Frame;
}

const MAX_DEPTH = 4;

/** The decorators of a class, a method, a parameter or a property. @internal */
export function decoratorsOf(machine: Machine, node: ts.Node): Decorator[] {
  const { ts: typescript } = machine.project;
  const own = typescript.canHaveDecorators(node) ? (typescript.getDecorators(node) ?? []) : [];
  const frame = machine.frameOfFile(node.getSourceFile());
  return own.flatMap(({ expression }) => decoratorsIn(machine, expression, frame, 0));
}

function decoratorsIn(
  machine: Machine,
  node: ts.Expression,
  frame: Frame,
  depth: number,
): Decorator[] {
  const { ts: typescript } = machine.project;
  if (!typescript.isCallExpression(node) || depth > MAX_DEPTH) {
    return [];
  }
  const origin = machine.origins.of(node.expression);
  if (origin?.name === 'applyDecorators') {
    return node.arguments.flatMap((argument) => decoratorsIn(machine, argument, frame, depth + 1));
  }
  if (origin) {
    return [{ origin, call: node, frame }];
  }
  return atomsOf(machine.evaluate(node.expression, frame, new Map()), 'function').flatMap((fn) =>
    appliedBy(typescript, fn.node).flatMap((call) =>
      decoratorsIn(machine, call, machine.frameOfFile(call.getSourceFile()), depth + 1),
    ),
  );
}

/** The calls that a function of the application's makes a decorator of. */
function appliedBy(typescript: typeof ts, node: ts.Node): ts.CallExpression[] {
  const found: ts.CallExpression[] = [];
  const visit = (child: ts.Node): void => {
    if (typescript.isCallExpression(child)) {
      found.push(child);
      if (!child.expression.getText().endsWith('applyDecorators')) {
        return;
      }
      found.pop();
      child.arguments.forEach((argument) => visit(argument));
      return;
    }
    typescript.forEachChild(child, visit);
  };
  const { body } = node as ts.FunctionLikeDeclaration;
  if (body) {
    visit(body);
  }
  return found;
}

/** The decorators of these names of a package. @internal */
export function named(
  decorators: readonly Decorator[],
  from: RegExp,
  ...names: readonly string[]
): Decorator[] {
  return decorators.filter(
    ({ origin }) => from.test(origin.package) && names.includes(origin.name),
  );
}
