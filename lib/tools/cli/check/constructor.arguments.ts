import type ts from 'typescript';
import { UNKNOWN } from '../adopt/static.value.js';
import { textOfName } from './class.index.js';
import type { Sink } from './effects.js';
import type { Machine } from './machine.js';
import {
  type Atom,
  atomsOf,
  type ClassAtom,
  Frame,
  idOfValue,
  type ObjectAtom,
  textAtom,
  type Value,
} from './values.js';

/** What the constructor of a class hands to that of its base. @internal */
export function baseArguments(
  machine: Machine,
  type: ClassAtom,
  args: readonly Value[] | undefined,
  self?: ObjectAtom,
): readonly Value[] {
  const { ts: typescript } = machine.project;
  const constructor = machine.classes.constructorOf(type);
  if (!constructor) {
    return args ?? [];
  }
  const id = `super ${type.id} ${args?.map(idOfValue).join('|') ?? ''}`;
  const frame = new Frame(constructor, id, type.frame, self);
  bindConstructor(machine, constructor, args, frame);
  const call = findSuper(typescript, constructor.body!);
  return (call?.arguments ?? []).map((argument) =>
    argumentValue(machine, argument, frame, new Map()),
  );
}

function findSuper(typescript: typeof ts, node: ts.Node): ts.CallExpression | undefined {
  return typescript.isCallExpression(node) &&
    node.expression.kind === typescript.SyntaxKind.SuperKeyword
    ? node
    : typescript.forEachChild(node, (child) => findSuper(typescript, child));
}

/** An argument; where nothing is known of it but its type, what its type allows. @internal */
export function argumentValue(
  machine: Machine,
  argument: ts.Expression,
  frame: Frame,
  sink: Sink,
): Value {
  const value = machine.evaluate(argument, frame, sink);
  if (value.atoms.length > 0) {
    return value;
  }
  const { checker } = machine.project;
  const type = checker.getTypeAtLocation(argument);
  const types = type.isUnion() ? type.types : [type];
  const texts = types.flatMap((one) =>
    one.isStringLiteral() || one.isNumberLiteral() ? [textAtom(one.value)] : [],
  );
  return texts.length === types.length ? { atoms: texts, carried: value.carried } : value;
}

/** @internal */
export function bindConstructor(
  machine: Machine,
  constructor: ts.ConstructorDeclaration,
  args: readonly Value[] | undefined,
  frame: Frame,
): void {
  const given =
    args ?? constructor.parameters.map((parameter) => machine.providers.injectedAt(parameter));
  machine.bindParameters(constructor, given, frame, new Map());
}

/** The values that a value may have when the application runs. @internal */
export function plainValues(machine: Machine, value: Value, depth = 0): unknown[] {
  const texts = atomsOf(value, 'text').map(({ text }) => text);
  const objects =
    depth > 3 ? [] : atomsOf(value, 'literal').map((atom) => plainObject(machine, atom, depth));
  const all = [...texts, ...objects];
  return all.length === 0 ? [UNKNOWN] : all;
}

function plainObject(
  machine: Machine,
  { node, frame }: Extract<Atom, { kind: 'literal' }>,
  depth: number,
): Record<string, unknown> {
  const { ts: typescript } = machine.project;
  const entries = node.properties.map((property): Record<string, unknown> => {
    const key = property.name && textOfName(typescript, property.name);
    if (typescript.isSpreadAssignment(property) || key === undefined) {
      return {};
    }
    const written = typescript.isPropertyAssignment(property)
      ? property.initializer
      : typescript.isShorthandPropertyAssignment(property)
        ? property.name
        : undefined;
    const value = written && argumentValue(machine, written, frame, new Map());
    return { [key]: value ? plainValues(machine, value, depth + 1)[0] : UNKNOWN };
  });
  return Object.assign({}, ...entries) as Record<string, unknown>;
}
