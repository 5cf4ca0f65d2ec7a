import type ts from 'typescript';
import { textOfName } from './class.index.js';
import type { Sink } from './effects.js';
import type { Machine } from './machine.js';
import { baseArguments, bindConstructor } from './constructor.arguments.js';
import {
  Frame,
  type Atom,
  atomsOf,
  type ClassAtom,
  NOTHING,
  type ObjectAtom,
  unionOf,
  type Value,
  valueOf,
} from './values.js';

/**
 * A member of whatever a value may be.
 *
 * @returns `undefined` where nothing is known of it
 * @internal
 */
export function membersOf(
  machine: Machine,
  value: Value,
  name: string,
  at: ts.Node,
  sink: Sink,
): Value | undefined {
  const found = value.atoms.flatMap((atom) => memberOf(machine, atom, name, at, sink) ?? []);
  return found.length === 0 ? undefined : unionOf(found);
}

function memberOf(
  machine: Machine,
  atom: Atom,
  name: string,
  at: ts.Node,
  sink: Sink,
): Value | undefined {
  switch (atom.kind) {
    case 'object':
      return ofObject(machine, atom, name, at, sink);
    case 'class':
      return ofClass(machine, atom, name, sink);
    case 'literal':
      return ofLiteral(machine, atom, name, sink);
    default:
      return undefined;
  }
}

function ofObject(
  machine: Machine,
  self: ObjectAtom,
  name: string,
  at: ts.Node,
  sink: Sink,
): Value | undefined {
  const { ts: typescript } = machine.project;
  const found = machine.classes.findMember(self.type, name, false);
  if (!found) {
    return undefined;
  }
  const { member, owner } = found;
  const frame = new Frame(owner.node!, `${owner.id} of ${self.id}`, owner.frame, self);
  if (typescript.isMethodDeclaration(member)) {
    const id = `method ${machine.idOf(member)} ${self.id}`;
    return valueOf({ kind: 'function', id, node: member, frame, self });
  }
  if (typescript.isGetAccessor(member)) {
    const id = `get ${machine.idOf(member)} ${self.id}`;
    return machine.invoke({ kind: 'function', id, node: member, frame, self }, [], at, sink);
  }
  return machine.once(`field ${self.id} ${name}`, NOTHING, () =>
    fieldOf(machine, self, owner, member, frame),
  );
}

function fieldOf(
  machine: Machine,
  self: ObjectAtom,
  owner: ClassAtom,
  member: ts.ClassElement | ts.ParameterDeclaration,
  frame: Frame,
): Value {
  const { ts: typescript } = machine.project;
  const sink: Sink = new Map();
  if (typescript.isParameter(member)) {
    const index = member.parent.parameters.indexOf(member);
    return argumentsOf(machine, self, owner)?.[index] ?? machine.providers.injectedAt(member);
  }
  if (!typescript.isPropertyDeclaration(member)) {
    return NOTHING;
  }
  const initial = member.initializer
    ? machine.evaluate(member.initializer, frame, sink)
    : machine.providers.injectedAt(member);
  return unionOf([initial, ...assigned(machine, self, owner, member)]);
}

/** What the constructor of a class was given, where that is known. */
function argumentsOf(
  machine: Machine,
  self: ObjectAtom,
  owner: ClassAtom,
): readonly Value[] | undefined {
  let type: ClassAtom | undefined = self.type;
  let args = self.args;
  while (type && type.id !== owner.id) {
    args = machine.classes.constructorOf(type) ? baseArguments(machine, type, args, self) : args;
    [type] = machine.classes.basesOf(type);
  }
  return args;
}

/** `this.x = x` of a constructor. */
function assigned(
  machine: Machine,
  self: ObjectAtom,
  owner: ClassAtom,
  member: ts.PropertyDeclaration,
): Value[] {
  const { ts: typescript } = machine.project;
  const constructor = machine.classes.constructorOf(owner);
  const name = textOfName(typescript, member.name);
  return (constructor?.body?.statements ?? []).flatMap((statement): Value[] => {
    const assignment = typescript.isExpressionStatement(statement)
      ? statement.expression
      : undefined;
    if (
      !assignment ||
      !typescript.isBinaryExpression(assignment) ||
      assignment.operatorToken.kind !== typescript.SyntaxKind.EqualsToken ||
      !typescript.isPropertyAccessExpression(assignment.left) ||
      assignment.left.expression.kind !== typescript.SyntaxKind.ThisKeyword ||
      assignment.left.name.text !== name
    ) {
      return [];
    }
    const frame = new Frame(constructor!, `new ${owner.id} ${self.id}`, owner.frame, self);
    bindConstructor(machine, constructor!, argumentsOf(machine, self, owner), frame);
    return [machine.evaluate(assignment.right, frame, new Map())];
  });
}

function ofClass(machine: Machine, type: ClassAtom, name: string, sink: Sink): Value | undefined {
  const { ts: typescript } = machine.project;
  const found = machine.classes.findMember(type, name, true);
  if (!found) {
    return undefined;
  }
  const { member, owner } = found;
  const frame = owner.frame!;
  if (typescript.isMethodDeclaration(member)) {
    const id = `static ${machine.idOf(member)} ${frame.id}`;
    return valueOf({ kind: 'function', id, node: member, frame });
  }
  const initializer = typescript.isPropertyDeclaration(member) ? member.initializer : undefined;
  return initializer
    ? machine.once(`static ${machine.idOf(member)}`, NOTHING, () =>
        machine.evaluate(initializer, frame, sink),
      )
    : NOTHING;
}

function ofLiteral(
  machine: Machine,
  { node, frame, id }: Extract<Atom, { kind: 'literal' }>,
  name: string,
  sink: Sink,
): Value | undefined {
  const { ts: typescript } = machine.project;
  const property = node.properties.find(
    (one) => one.name !== undefined && textOfName(typescript, one.name) === name,
  );
  if (property) {
    return machine.once(`${id}.${name}`, NOTHING, () =>
      propertyValue(machine, property, frame, sink),
    );
  }
  const spread = node.properties
    .filter((one) => typescript.isSpreadAssignment(one))
    .map(({ expression }) => machine.evaluate(expression, frame, new Map()));
  return membersOf(machine, unionOf(spread), name, node, sink);
}

/** @internal */
export function propertyValue(
  machine: Machine,
  property: ts.ObjectLiteralElementLike,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript, checker } = machine.project;
  if (typescript.isPropertyAssignment(property)) {
    return machine.evaluate(property.initializer, frame, sink);
  }
  if (typescript.isShorthandPropertyAssignment(property)) {
    const symbol = checker.getShorthandAssignmentValueSymbol(property);
    return symbol ? machine.evaluate(property.name, frame, sink) : NOTHING;
  }
  if (typescript.isMethodDeclaration(property)) {
    const id = `method ${machine.idOf(property)} ${frame.id}`;
    return valueOf({ kind: 'function', id, node: property, frame, self: frame.self });
  }
  return NOTHING;
}

/** Every member of the objects that a value may be: of one that is looked up by a name made up later. @internal */
export function anyMemberOf(machine: Machine, value: Value, sink: Sink): Value | undefined {
  const literals = atomsOf(value, 'literal');
  const members = literals.flatMap(({ node, frame }) =>
    node.properties.map((property) => propertyValue(machine, property, frame, sink)),
  );
  return members.length === 0 ? undefined : unionOf(members);
}
