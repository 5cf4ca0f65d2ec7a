import type ts from 'typescript';
import { bareExpression } from '../adopt/static.value.js';
import { construct, definedClass, resourceClasses } from './construction.js';
import { argumentValue } from './constructor.arguments.js';
import { addAll, loseInto, NO_EFFECTS, type Sink } from './effects.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { LIBRARY } from './project.js';
import { throwValue } from './throwing.js';
import { type Frame, atomsOf, carrying, NOTHING, unionOf, type Value } from './values.js';

/** Reads a call: what it returns, with what it throws put into `sink`. @internal */
export function readCall(
  machine: Machine,
  call: ts.CallExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const callee = bareExpression(typescript, call.expression);
  if (
    callee.kind === typescript.SyntaxKind.SuperKeyword ||
    callee.kind === typescript.SyntaxKind.ImportKeyword
  ) {
    call.arguments.forEach((argument) => machine.evaluate(argument, frame, sink));
    return NOTHING;
  }
  if (machine.origins.is(callee, LIBRARY, 'defineException')) {
    return definedClass(machine, argumentsOf(machine, call, frame, sink), call);
  }
  if (machine.origins.is(callee, LIBRARY, 'databaseErrors')) {
    // Its `constraints` are those of its options
    return unionOf(argumentsOf(machine, call, frame, sink));
  }
  return typescript.isPropertyAccessExpression(callee) ||
    typescript.isElementAccessExpression(callee)
    ? readMemberCall(machine, call, callee, frame, sink)
    : readPlainCall(machine, call, callee, frame, sink);
}

/** `new X()` @internal */
export function readNew(machine: Machine, node: ts.NewExpression, frame: Frame, sink: Sink): Value {
  const types = atomsOf(machine.evaluate(node.expression, frame, sink), 'class');
  const isOfErrors = types.some(({ exception }) => exception);
  const args = (node.arguments ?? []).map((argument) =>
    isOfErrors
      ? argumentValue(machine, argument, frame, sink)
      : machine.evaluate(argument, frame, sink),
  );
  const made = types.filter((type) => type.node ?? type.exception);
  if (made.length > 0) {
    const value = unionOf(made.map((type) => construct(machine, type, args, node, sink)));
    return isForeign(made)
      ? unionOf([value, machine.foreign.called(machine, node, args, NOTHING, frame, sink)])
      : value;
  }
  return machine.foreign.called(machine, node, args, NOTHING, frame, sink);
}

function isForeign(types: ReturnType<typeof atomsOf<'class'>>): boolean {
  return types.some(({ node, exception }) => !node && exception?.lineage[0]?.includes('rxjs'));
}

/** @internal */
export function argumentsOf(
  machine: Machine,
  call: ts.CallExpression,
  frame: Frame,
  sink: Sink,
): Value[] {
  return call.arguments.map((argument) => machine.evaluate(argument, frame, sink));
}

/** Calls what a value may be. @internal */
export function callValue(
  machine: Machine,
  callee: Value,
  args: readonly Value[],
  at: ts.Node,
  sink: Sink,
): Value | undefined {
  const functions = atomsOf(callee, 'function').filter(hasBody);
  const [settle] = atomsOf(callee, 'settle');
  if (settle) {
    if (settle.id === 'reject') {
      throwValue(machine, args[0] ?? NOTHING, at, sink);
    }
    addAll(sink, args[0]?.carried ?? NO_EFFECTS);
    return NOTHING;
  }
  return functions.length === 0
    ? undefined
    : unionOf(functions.map((fn) => machine.invoke(fn, args, at, sink)));
}

function hasBody({ node }: { readonly node: ts.SignatureDeclaration }): boolean {
  return (node as ts.FunctionLikeDeclaration).body !== undefined;
}

function readPlainCall(
  machine: Machine,
  call: ts.CallExpression,
  callee: ts.Expression,
  frame: Frame,
  sink: Sink,
): Value {
  const value = machine.evaluate(callee, frame, sink);
  const args = argumentsOf(machine, call, frame, sink);
  return (
    callValue(machine, value, args, call, sink) ??
    elsewhere(machine, call, callee, args, NOTHING, frame, sink)
  );
}

function readMemberCall(
  machine: Machine,
  call: ts.CallExpression,
  callee: ts.PropertyAccessExpression | ts.ElementAccessExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const name = typescript.isPropertyAccessExpression(callee) ? callee.name.text : undefined;
  if (callee.expression.kind === typescript.SyntaxKind.SuperKeyword) {
    return callBase(machine, call, name ?? '', frame, sink);
  }
  const receiver = machine.evaluate(callee.expression, frame, sink);
  const type =
    name === 'for'
      ? atomsOf(receiver, 'class').find(({ exception }) => exception && 'forResource' in exception)
      : undefined;
  if (type) {
    return resourceClasses(
      type,
      call.arguments.map((one) => argumentValue(machine, one, frame, sink)),
    );
  }
  const args = argumentsOf(machine, call, frame, sink);
  if (name === 'call' || name === 'apply' || name === 'bind') {
    const bound =
      name === 'bind' ? receiver : callValue(machine, receiver, args.slice(1), call, sink);
    if (bound && atomsOf(receiver, 'function').length > 0) {
      return bound;
    }
  }
  const member =
    name === undefined
      ? machine.evaluate(callee, frame, sink)
      : membersOf(machine, receiver, name, call, sink);
  return (
    (member && callValue(machine, member, args, call, sink)) ??
    elsewhere(machine, call, callee, args, receiver, frame, sink)
  );
}

function callBase(
  machine: Machine,
  call: ts.CallExpression,
  name: string,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const args = argumentsOf(machine, call, frame, sink);
  const owner = typescript.findAncestor(call, (node): node is ts.ClassLikeDeclaration =>
    typescript.isClassLike(node),
  );
  const bases = owner ? machine.classes.basesOf(machine.classes.of(owner, frame)) : [];
  for (const base of bases) {
    const found = machine.classes.findMember(base, name, false);
    if (found && typescript.isMethodDeclaration(found.member)) {
      const id = `super ${machine.idOf(found.member)} ${frame.self?.id ?? ''}`;
      const around = found.owner.frame!;
      return machine.invoke(
        { kind: 'function', id, node: found.member, frame: around, self: frame.self },
        args,
        call,
        sink,
      );
    }
  }
  return machine.foreign.called(machine, call, args, NOTHING, frame, sink);
}

/** A call of what no value is known of: found by its declaration, or of a package, or not at all. */
function elsewhere(
  machine: Machine,
  call: ts.CallExpression,
  callee: ts.Expression,
  args: readonly Value[],
  receiver: Value,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript, checker, isFollowed } = machine.project;
  const name = typescript.isPropertyAccessExpression(callee) ? callee.name : callee;
  const found = checker.getSymbolAtLocation(name);
  const symbol = found && machine.origins.target(found);
  const declarations = symbol?.declarations ?? [];
  const followed = declarations.filter((one) => isFollowed(one.getSourceFile()));
  if (followed.length === 0) {
    return machine.foreign.called(machine, call, args, receiver, frame, sink);
  }
  const methods = typescript.isPropertyAccessExpression(callee)
    ? machine.providers.methodsOf(callee, sink)
    : undefined;
  const called = methods && callValue(machine, methods, args, call, sink);
  if (called) {
    return called;
  }
  if (isOfPackage(machine, followed)) {
    return machine.foreign.called(machine, call, args, receiver, frame, sink);
  }
  loseInto(sink, `what ${shortText(callee)}() is`, call);
  // Whoever calls it may be waited for
  return carrying(
    args.reduce((all, { carried }) => (carried.size > 0 ? carried : all), NO_EFFECTS),
  );
}

/** A member of the application's that holds a function of a package's, or is typed by one. */
function isOfPackage(machine: Machine, declarations: readonly ts.Declaration[]): boolean {
  const { ts: typescript } = machine.project;
  return declarations.every((declaration) => {
    const { initializer, type } = declaration as Partial<ts.VariableDeclaration>;
    if (type && typescript.isTypeReferenceNode(type)) {
      return machine.origins.of(type.typeName) !== undefined;
    }
    if (!initializer) {
      return typescript.isBindingElement(declaration) || typescript.isImportSpecifier(declaration);
    }
    return (
      typescript.isCallExpression(initializer) ||
      typescript.isNewExpression(initializer) ||
      typescript.isAwaitExpression(initializer) ||
      typescript.isIdentifier(initializer) ||
      typescript.isPropertyAccessExpression(initializer)
    );
  });
}

function shortText(node: ts.Node): string {
  const text = node.getText().replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `…${text.slice(-58)}` : text;
}
