import type ts from 'typescript';
import type { Effect, Effects } from './effects.js';
import type { Machine } from './machine.js';
import { type Frame, atomsOf, type Value, valueOf } from './values.js';

type Certainty = 'yes' | 'no' | 'maybe';

/** What a condition says of an error that was caught. */
type Test = (effect: Effect) => Certainty;

/**
 * Reads what runs where a condition holds, or where it does not: what a caught error may be is less
 * there. What nothing leads to is not read.
 *
 * @internal
 */
export function whereTrue(
  machine: Machine,
  condition: ts.Expression,
  isTrue: boolean,
  frame: Frame,
  read: () => void,
): void {
  const narrowed = narrowedBy(machine, condition, isTrue, frame);
  if (!narrowed) {
    read();
  } else if (narrowed.effects.size > 0) {
    frame.during(narrowed.symbol, narrowed.value, read);
  }
}

/**
 * Lets a condition that holds from here on say what a caught error may be.
 *
 * @returns what takes that back; `undefined` where nothing leads here
 * @internal
 */
export function narrowFrom(
  machine: Machine,
  condition: ts.Expression,
  isTrue: boolean,
  frame: Frame,
): (() => void) | undefined {
  const narrowed = narrowedBy(machine, condition, isTrue, frame);
  if (!narrowed) {
    return () => undefined;
  }
  const { symbol, value, effects } = narrowed;
  const owner = frame.ownerOf(symbol) ?? frame;
  const before = owner.get(symbol)!;
  owner.set(symbol, value);
  return effects.size === 0 ? undefined : () => owner.set(symbol, before);
}

interface Narrowed {
  readonly symbol: ts.Symbol;
  readonly effects: Effects;
  readonly value: Value;
}

function narrowedBy(
  machine: Machine,
  condition: ts.Expression,
  isTrue: boolean,
  frame: Frame,
): Narrowed | undefined {
  const symbol = caughtIn(machine, condition, frame);
  const caught = symbol && frame.get(symbol);
  const [atom] = caught ? atomsOf(caught, 'caught') : [];
  if (!symbol || !atom) {
    return undefined;
  }
  const test = testOf(machine, condition, symbol, frame);
  const impossible = isTrue ? 'no' : 'yes';
  const kept = [...atom.effects].filter(([, effect]) => test(effect) !== impossible);
  if (kept.length === atom.effects.size) {
    return { symbol, effects: atom.effects, value: caught! };
  }
  const effects = new Map(kept);
  return { symbol, effects, value: valueOf({ ...atom, id: caughtId(effects), effects }) };
}

/** @internal */
export function caughtId(effects: Effects): string {
  return `caught ${[...effects.keys()].join(';')}`;
}

/** The name of a caught error that a condition is about. */
function caughtIn(machine: Machine, condition: ts.Node, frame: Frame): ts.Symbol | undefined {
  const { ts: typescript, checker } = machine.project;
  const visit = (node: ts.Node): ts.Symbol | undefined => {
    if (typescript.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const value = symbol && frame.get(symbol);
      return value && atomsOf(value, 'caught').length > 0 ? symbol : undefined;
    }
    return typescript.isFunctionLike(node) ? undefined : typescript.forEachChild(node, visit);
  };
  return visit(condition);
}

function testOf(machine: Machine, condition: ts.Expression, symbol: ts.Symbol, frame: Frame): Test {
  const { ts: typescript } = machine.project;
  const { SyntaxKind } = typescript;
  const inner = (node: ts.Expression) => testOf(machine, node, symbol, frame);
  if (typescript.isParenthesizedExpression(condition)) {
    return inner(condition.expression);
  }
  if (typescript.isPrefixUnaryExpression(condition)) {
    const test = inner(condition.operand);
    return condition.operator === SyntaxKind.ExclamationToken
      ? (effect) => not(test(effect))
      : () => 'maybe';
  }
  if (typescript.isBinaryExpression(condition)) {
    const { left, right, operatorToken } = condition;
    switch (operatorToken.kind) {
      case SyntaxKind.AmpersandAmpersandToken: {
        const tests = [inner(left), inner(right)];
        return (effect) => allOf(tests.map((test) => test(effect)));
      }
      case SyntaxKind.BarBarToken: {
        const tests = [inner(left), inner(right)];
        return (effect) => not(allOf(tests.map((test) => not(test(effect)))));
      }
      case SyntaxKind.InstanceOfKeyword:
        return isNamed(machine, left, symbol) ? instanceOf(machine, right, frame) : () => 'maybe';
      case SyntaxKind.EqualsEqualsEqualsToken:
      case SyntaxKind.EqualsEqualsToken:
        return equal(machine, left, right, symbol, frame);
      case SyntaxKind.ExclamationEqualsEqualsToken:
      case SyntaxKind.ExclamationEqualsToken: {
        const test = equal(machine, left, right, symbol, frame);
        return (effect) => not(test(effect));
      }
      default:
        return () => 'maybe';
    }
  }
  return typescript.isCallExpression(condition)
    ? predicate(machine, condition, symbol)
    : () => 'maybe';
}

function not(certainty: Certainty): Certainty {
  return certainty === 'yes' ? 'no' : certainty === 'no' ? 'yes' : 'maybe';
}

function allOf(certainties: readonly Certainty[]): Certainty {
  return certainties.includes('no') ? 'no' : certainties.includes('maybe') ? 'maybe' : 'yes';
}

function isNamed({ project }: Machine, node: ts.Expression, symbol: ts.Symbol): boolean {
  const bare =
    project.ts.isParenthesizedExpression(node) || project.ts.isAsExpression(node)
      ? node.expression
      : node;
  return project.checker.getSymbolAtLocation(bare) === symbol;
}

function instanceOf(machine: Machine, type: ts.Expression, frame: Frame): Test {
  const classes = atomsOf(machine.evaluate(type, frame, new Map()), 'class');
  const wanted = classes[0]?.exception?.lineage[0];
  return classes.length === 1 && wanted !== undefined ? isOf(wanted) : () => 'maybe';
}

/** Code that is not read throws none of the catalogue's errors. */
function isOf(wanted: string): Test {
  const isOfCatalogue = /^(?:class|lib|nest|defined) /.test(wanted);
  return (effect) => {
    if (effect.kind === 'thrown') {
      return effect.thrown.lineage.includes(wanted) ? 'yes' : 'no';
    }
    return effect.kind === 'opaque' && isOfCatalogue ? 'no' : 'maybe';
  };
}

/** `error.code === 'BOOK_NOT_EXIST'`, `error.getStatus() === 404`. */
function equal(
  machine: Machine,
  left: ts.Expression,
  right: ts.Expression,
  symbol: ts.Symbol,
  frame: Frame,
): Test {
  const { ts: typescript } = machine.project;
  const called = typescript.isCallExpression(left) ? left.expression : left;
  const texts = atomsOf(machine.evaluate(right, frame, new Map()), 'text').map(({ text }) => text);
  if (
    !typescript.isPropertyAccessExpression(called) ||
    !isNamed(machine, called.expression, symbol) ||
    texts.length !== 1
  ) {
    return () => 'maybe';
  }
  const member = called.name.text;
  return (effect) => {
    const row = effect.kind === 'thrown' ? effect.thrown.row : undefined;
    const isCode = member === 'code' && row !== undefined;
    // `new Error()` has neither
    if (effect.kind === 'thrown' && effect.thrown.lineage.length === 1) {
      return 'no';
    }
    const isStatus = (member === 'getStatus' || member === 'status') && row !== undefined;
    const isOurs = effect.kind === 'thrown' && effect.thrown.lineage.includes('lib ApiException');
    if (isStatus) {
      return row.status === texts[0] ? 'yes' : 'no';
    }
    return isCode && isOurs ? (row.code === texts[0] ? 'yes' : 'no') : 'maybe';
  };
}

/** `isNotFound(error)` that tells by its type what it is true of. */
function predicate(machine: Machine, call: ts.CallExpression, symbol: ts.Symbol): Test {
  const { checker } = machine.project;
  const [argument] = call.arguments;
  const signature =
    argument && isNamed(machine, argument, symbol) && checker.getResolvedSignature(call);
  const told = signature ? checker.getTypePredicateOfSignature(signature)?.type : undefined;
  const wanted = told && machine.classes.ofType(told)?.exception?.lineage[0];
  return wanted === undefined ? () => 'maybe' : isOf(wanted);
}
