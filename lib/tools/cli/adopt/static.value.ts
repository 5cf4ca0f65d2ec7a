import { HttpStatus } from '@nestjs/common';
import type ts from 'typescript';
import type { ApplicationSource } from './application.source.js';
import type { TypeScript } from './typescript.loader.js';

/** What only the running application knows. @internal */
export const UNKNOWN = Symbol('unknown');

/** What stands for it in a text. @internal */
export const ELLIPSIS = '…';

/** The values of a function's parameters, as they are known at one call. @internal */
export type Scope = ReadonlyMap<ts.Node, unknown>;

/** An expression without what only the compiler reads of it: `x as Y`, `x!`, `(x)`. @internal */
export function bareExpression(typescript: TypeScript, expression: ts.Expression): ts.Expression {
  return typescript.isAsExpression(expression) ||
    typescript.isSatisfiesExpression(expression) ||
    typescript.isNonNullExpression(expression) ||
    typescript.isParenthesizedExpression(expression)
    ? bareExpression(typescript, expression.expression)
    : expression;
}

type Evaluate = (expression: ts.Expression) => unknown;

/**
 * The value that an expression has whenever it is evaluated; {@link UNKNOWN} for it, or for the parts
 * of an object, where there is no such value.
 *
 * @internal
 */
export function staticValue(
  application: ApplicationSource,
  expression: ts.Expression,
  scope: Scope = new Map(),
  depth = 0,
): unknown {
  const { ts: typescript } = application;
  const evaluate: Evaluate = (inner) => staticValue(application, inner, scope, depth + 1);
  const node = bareExpression(typescript, expression);
  if (depth > 20) {
    return UNKNOWN;
  }
  if (typescript.isStringLiteralLike(node)) {
    return node.text;
  }
  if (typescript.isNumericLiteral(node)) {
    return Number(node.text);
  }
  if (typescript.isObjectLiteralExpression(node)) {
    return objectOf(application, node, scope, evaluate);
  }
  if (typescript.isArrayLiteralExpression(node)) {
    return node.elements.map((element) => evaluate(element));
  }
  if (typescript.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(
      (span) => textOf(evaluate(span.expression)) + span.literal.text,
    );
    return node.head.text + spans.join('');
  }
  if (typescript.isBinaryExpression(node)) {
    return sumOf(application, node, evaluate);
  }
  return booleanOf(application, node) ?? namedValue(application, node, scope, evaluate);
}

function booleanOf({ ts: typescript }: ApplicationSource, { kind }: ts.Node): boolean | undefined {
  return kind === typescript.SyntaxKind.TrueKeyword
    ? true
    : kind === typescript.SyntaxKind.FalseKeyword
      ? false
      : undefined;
}

function sumOf(
  { ts: typescript }: ApplicationSource,
  { operatorToken, left, right }: ts.BinaryExpression,
  evaluate: Evaluate,
): unknown {
  const parts = [evaluate(left), evaluate(right)];
  const isText =
    operatorToken.kind === typescript.SyntaxKind.PlusToken &&
    parts.some((part) => typeof part === 'string');
  return isText ? parts.map((part) => textOf(part)).join('') : UNKNOWN;
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ELLIPSIS;
}

function objectOf(
  application: ApplicationSource,
  node: ts.ObjectLiteralExpression,
  scope: Scope,
  evaluate: Evaluate,
): Record<string, unknown> {
  const { ts: typescript, names } = application;
  const members = node.properties.map((property): Record<string, unknown> => {
    if (typescript.isSpreadAssignment(property)) {
      const spread = evaluate(property.expression);
      return typeof spread === 'object' ? { ...spread } : { [ELLIPSIS]: UNKNOWN };
    }
    const name = property.name;
    const key =
      typescript.isIdentifier(name) || typescript.isStringLiteralLike(name) ? name.text : ELLIPSIS;
    if (typescript.isShorthandPropertyAssignment(property)) {
      const symbol = names.checker.getShorthandAssignmentValueSymbol(property);
      return { [key]: declaredValue(application, symbol?.declarations?.[0], scope, evaluate) };
    }
    return {
      [key]: typescript.isPropertyAssignment(property) ? evaluate(property.initializer) : UNKNOWN,
    };
  });
  return Object.assign({}, ...members) as Record<string, unknown>;
}

/** A constant, a parameter, a member of an enum or of a constant object. */
function namedValue(
  application: ApplicationSource,
  node: ts.Expression,
  scope: Scope,
  evaluate: Evaluate,
): unknown {
  const { ts: typescript, names } = application;
  if (typescript.isIdentifier(node) && node.text === 'undefined') {
    return undefined;
  }
  const isMember = typescript.isPropertyAccessExpression(node);
  if (isMember && names.is(node.expression, '@nestjs/common', 'HttpStatus')) {
    return (HttpStatus as unknown as Record<string, number>)[node.name.text] ?? UNKNOWN;
  }
  if (!isMember && !typescript.isIdentifier(node)) {
    return UNKNOWN;
  }
  const known = declaredValue(application, names.of(node)?.declaration, scope, evaluate);
  if (known !== UNKNOWN || !isMember) {
    return known;
  }
  const object = evaluate(node.expression);
  return typeof object === 'object' && object !== null && Object.hasOwn(object, node.name.text)
    ? (object as Record<string, unknown>)[node.name.text]
    : UNKNOWN;
}

function declaredValue(
  { ts: typescript, names }: ApplicationSource,
  declaration: ts.Declaration | undefined,
  scope: Scope,
  evaluate: Evaluate,
): unknown {
  if (!declaration) {
    return UNKNOWN;
  }
  if (scope.has(declaration)) {
    return scope.get(declaration);
  }
  if (typescript.isEnumMember(declaration)) {
    return names.checker.getConstantValue(declaration) ?? UNKNOWN;
  }
  const isConstant =
    typescript.isVariableDeclaration(declaration) &&
    (typescript.getCombinedNodeFlags(declaration) & typescript.NodeFlags.Const) !== 0;
  const isValue = isConstant || typescript.isPropertyAssignment(declaration);
  return isValue && declaration.initializer && typescript.isIdentifier(declaration.name)
    ? evaluate(declaration.initializer)
    : UNKNOWN;
}
