import type ts from 'typescript';
import { readCall, readNew } from './calls.js';
import { addAll, bothOf, NO_EFFECTS, type Sink } from './effects.js';
import type { Machine } from './machine.js';
import { anyMemberOf, membersOf, propertyValue } from './members.js';
import { valueOfName } from './names.js';
import { whereTrue } from './narrowing.js';
import {
  type Frame,
  atomsOf,
  carrying,
  NOTHING,
  textAtom,
  unionOf,
  type Value,
  valueOf,
} from './values.js';

/** What an expression is, with what evaluating it throws put into `sink`. @internal */
export function evaluate(machine: Machine, node: ts.Expression, frame: Frame, sink: Sink): Value {
  const { ts: typescript } = machine.project;
  const { SyntaxKind } = typescript;
  const inner = (expression: ts.Expression) => evaluate(machine, expression, frame, sink);
  switch (node.kind) {
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
      return valueOf(textAtom((node as ts.StringLiteral).text));
    case SyntaxKind.NumericLiteral:
      return valueOf(textAtom(Number((node as ts.NumericLiteral).text)));
    case SyntaxKind.TrueKeyword:
    case SyntaxKind.FalseKeyword:
      return valueOf(textAtom(node.kind === SyntaxKind.TrueKeyword));
    case SyntaxKind.Identifier:
      return valueOfName(machine, node as ts.Identifier, frame);
    case SyntaxKind.ThisKeyword:
      return frame.self ? valueOf(frame.self) : NOTHING;
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.SpreadElement:
    case SyntaxKind.ExpressionWithTypeArguments:
      return inner((node as ts.ParenthesizedExpression).expression);
    case SyntaxKind.AwaitExpression:
      return awaited(inner((node as ts.AwaitExpression).expression), sink);
    case SyntaxKind.CallExpression:
      return readCall(machine, node as ts.CallExpression, frame, sink);
    case SyntaxKind.NewExpression:
      return readNew(machine, node as ts.NewExpression, frame, sink);
    case SyntaxKind.PropertyAccessExpression:
      return property(machine, node as ts.PropertyAccessExpression, frame, sink);
    case SyntaxKind.ElementAccessExpression:
      return element(machine, node as ts.ElementAccessExpression, frame, sink);
    case SyntaxKind.ConditionalExpression:
      return conditional(machine, node as ts.ConditionalExpression, frame, sink);
    case SyntaxKind.BinaryExpression:
      return binary(machine, node as ts.BinaryExpression, frame, sink);
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression: {
      const id = `function ${machine.idOf(node)} ${frame.id}`;
      return valueOf({ kind: 'function', id, node: node as ts.ArrowFunction, frame });
    }
    case SyntaxKind.ClassExpression:
      return valueOf(machine.classes.of(node as ts.ClassExpression, frame));
    case SyntaxKind.ObjectLiteralExpression:
      return objectLiteral(machine, node as ts.ObjectLiteralExpression, frame, sink);
    case SyntaxKind.ArrayLiteralExpression:
      return unionOf((node as ts.ArrayLiteralExpression).elements.map(inner));
    case SyntaxKind.TemplateExpression:
      return template(node as ts.TemplateExpression, inner);
    case SyntaxKind.YieldExpression: {
      const { expression, asteriskToken } = node as ts.YieldExpression;
      const value = expression ? inner(expression) : NOTHING;
      return asteriskToken ? awaited(value, sink) : NOTHING;
    }
    case SyntaxKind.VoidExpression:
    case SyntaxKind.TypeOfExpression:
    case SyntaxKind.DeleteExpression:
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression:
      typescript.forEachChild(node, (child) => void inner(child as ts.Expression));
      return NOTHING;
    case SyntaxKind.TaggedTemplateExpression:
      return readTagged(machine, node as ts.TaggedTemplateExpression, frame, sink);
    default:
      return NOTHING;
  }
}

/** A promise, or a value that a caller waits for: what it carried comes out here. @internal */
export function awaited({ atoms, carried }: Value, sink: Sink): Value {
  addAll(sink, carried);
  return carrying(NO_EFFECTS, atoms);
}

function property(
  machine: Machine,
  node: ts.PropertyAccessExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript, checker } = machine.project;
  const known = valueOfName(machine, node, frame);
  if (known !== NOTHING) {
    return known;
  }
  if (node.expression.kind === typescript.SyntaxKind.SuperKeyword) {
    return NOTHING;
  }
  const object = machine.evaluate(node.expression, frame, sink);
  const found = membersOf(machine, object, node.name.text, node, sink);
  if (found) {
    return found;
  }
  const [declaration] = checker.getSymbolAtLocation(node.name)?.declarations ?? [];
  if (declaration && typescript.isEnumMember(declaration)) {
    const constant = checker.getConstantValue(declaration);
    return constant === undefined ? NOTHING : valueOf(textAtom(constant));
  }
  return declaration ? machine.providers.typedMember(node, declaration, sink) : NOTHING;
}

function element(
  machine: Machine,
  node: ts.ElementAccessExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const object = machine.evaluate(node.expression, frame, sink);
  const keys = atomsOf(machine.evaluate(node.argumentExpression, frame, sink), 'text');
  const members = keys.map(({ text }) => membersOf(machine, object, String(text), node, sink));
  const found = members.filter((member) => member !== undefined);
  // An array is the union of what is in it
  return found.length > 0 ? unionOf(found) : (anyMemberOf(machine, object, sink) ?? object);
}

function conditional(
  machine: Machine,
  { condition, whenTrue, whenFalse }: ts.ConditionalExpression,
  frame: Frame,
  sink: Sink,
): Value {
  machine.evaluate(condition, frame, sink);
  const values: Value[] = [];
  whereTrue(machine, condition, true, frame, () => {
    values.push(machine.evaluate(whenTrue, frame, sink));
  });
  whereTrue(machine, condition, false, frame, () => {
    values.push(machine.evaluate(whenFalse, frame, sink));
  });
  return unionOf(values);
}

function binary(machine: Machine, node: ts.BinaryExpression, frame: Frame, sink: Sink): Value {
  const { ts: typescript, checker } = machine.project;
  const { SyntaxKind } = typescript;
  const { left, right, operatorToken } = node;
  const operator = operatorToken.kind;
  if (operator >= SyntaxKind.FirstAssignment && operator <= SyntaxKind.LastAssignment) {
    const value = machine.evaluate(right, frame, sink);
    const symbol = typescript.isIdentifier(left) ? checker.getSymbolAtLocation(left) : undefined;
    const owner = symbol && (frame.ownerOf(symbol) ?? frame);
    if (symbol && owner) {
      owner.set(symbol, unionOf([owner.get(symbol) ?? NOTHING, value]));
    } else if (!typescript.isIdentifier(left)) {
      machine.evaluate(left, frame, new Map());
    }
    return value;
  }
  const first = machine.evaluate(left, frame, sink);
  const isAnd = operator === SyntaxKind.AmpersandAmpersandToken;
  if (isAnd || operator === SyntaxKind.BarBarToken) {
    let second = NOTHING;
    whereTrue(machine, left, isAnd, frame, () => {
      second = machine.evaluate(right, frame, sink);
    });
    return unionOf([first, second]);
  }
  const second = machine.evaluate(right, frame, sink);
  if (operator === SyntaxKind.QuestionQuestionToken) {
    return unionOf([first, second]);
  }
  if (operator === SyntaxKind.PlusToken) {
    return joined(first, second);
  }
  return operator === SyntaxKind.CommaToken ? second : NOTHING;
}

function joined(first: Value, second: Value): Value {
  const [a] = atomsOf(first, 'text');
  const [b] = atomsOf(second, 'text');
  const isOne = first.atoms.length === 1 && second.atoms.length === 1 && a && b;
  return isOne ? valueOf(textAtom(`${String(a.text)}${String(b.text)}`)) : NOTHING;
}

function objectLiteral(
  machine: Machine,
  node: ts.ObjectLiteralExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const carried = node.properties
    .map((one) =>
      typescript.isSpreadAssignment(one)
        ? machine.evaluate(one.expression, frame, sink)
        : propertyValue(machine, one, frame, sink),
    )
    .reduce((all, value) => bothOf(all, value.carried), NO_EFFECTS);
  const id = `literal ${machine.idOf(node)} ${frame.id}`;
  return carrying(carried, [{ kind: 'literal', id, node, frame }]);
}

function template(node: ts.TemplateExpression, inner: (one: ts.Expression) => Value): Value {
  const parts = node.templateSpans.map(({ expression, literal }) => {
    const { atoms } = inner(expression);
    const [atom] = atoms;
    return atoms.length === 1 && atom?.kind === 'text'
      ? `${String(atom.text)}${literal.text}`
      : undefined;
  });
  return parts.includes(undefined) ? NOTHING : valueOf(textAtom(node.head.text + parts.join('')));
}

function readTagged(
  machine: Machine,
  node: ts.TaggedTemplateExpression,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const spans = typescript.isTemplateExpression(node.template) ? node.template.templateSpans : [];
  const args = [
    NOTHING,
    ...spans.map(({ expression }) => machine.evaluate(expression, frame, sink)),
  ];
  const tag = machine.evaluate(node.tag, frame, sink);
  return (
    machine.call(tag, args, node, sink) ??
    machine.foreign.called(machine, node, [], NOTHING, frame, sink)
  );
}
