import * as common from '@nestjs/common';
import type ts from 'typescript';
import { mapHttpException } from '../../../mapping/http/nest-exception.mapping.js';
import { type ApplicationSource, nodesIn, nodesOf, placeOf } from './application.source.js';
import type { AnsweredWith, Finding } from './finding.js';
import { ELLIPSIS, type Scope, staticValue, UNKNOWN } from './static.value.js';

/** One of Nest's exceptions with what it is made with. */
interface Made {
  readonly type: string;
  readonly args: readonly unknown[];
}

type HttpExceptionClass = new (...args: unknown[]) => common.HttpException;

/** Nest's own exceptions by their names. @internal */
export const nestExceptions = new Map(
  Object.entries(common as unknown as Record<string, HttpExceptionClass>).filter(
    ([name, { prototype }]) =>
      name === 'HttpException' || prototype instanceof common.HttpException,
  ),
);

const MAX_BASES = 10;

/** What a body says that an answer says as well, in its status, `code` and `description`. */
const SAID_ELSEWHERE = new Set(['statusCode', 'message', 'description', 'errorCode', 'error_code']);

/** The exceptions of Nest's that the application makes, and what each will be answered with. @internal */
export function presentExceptions(application: ApplicationSource): Finding[] {
  return nodesOf(application, application.ts.isNewExpression).flatMap((node): Finding[] => {
    const made = madeBy(application, node.expression, argumentsOf(application, node));
    const answer = made && answerOf(made, node.expression.getText());
    return answer
      ? [{ ...placeOf(application, node), kind: 'answer', text: sentenceOf(answer), answer }]
      : [];
  });
}

function argumentsOf(application: ApplicationSource, node: ts.NewExpression): unknown[] {
  return (node.arguments ?? []).map((argument) => staticValue(application, argument));
}

/** Follows a class of the application's to the one of Nest's that it extends. */
function madeBy(
  application: ApplicationSource,
  expression: ts.Expression,
  args: readonly unknown[],
  depth = 0,
): Made | undefined {
  const { names } = application;
  const meaning = names.of(expression);
  if (meaning?.package === '@nestjs/common') {
    return nestExceptions.has(meaning.name) ? { type: meaning.name, args } : undefined;
  }
  const declaration = names.classOf(expression);
  const base = declaration && names.baseOf(declaration);
  return base && depth < MAX_BASES
    ? madeBy(application, base, argumentsOfBase(application, declaration, args), depth + 1)
    : undefined;
}

/** What the constructor of a class hands to that of its base. */
function argumentsOfBase(
  application: ApplicationSource,
  declaration: ts.ClassLikeDeclaration,
  args: readonly unknown[],
): readonly unknown[] {
  const { ts: typescript } = application;
  const constructor = declaration.members.find(
    (member): member is ts.ConstructorDeclaration =>
      typescript.isConstructorDeclaration(member) && member.body !== undefined,
  );
  if (!constructor) {
    return args;
  }
  const scope: Scope = new Map(
    constructor.parameters.map((parameter, i) => [
      parameter,
      i < args.length || !parameter.initializer
        ? args[i]
        : staticValue(application, parameter.initializer),
    ]),
  );
  const call = nodesIn(typescript, constructor, typescript.isCallExpression).find(
    ({ expression }) => expression.kind === typescript.SyntaxKind.SuperKeyword,
  );
  return (call?.arguments ?? []).map((argument) => staticValue(application, argument, scope));
}

/** Made here as it is made there, and mapped as it will be. */
function answerOf({ type, args }: Made, exception: string): AnsweredWith | undefined {
  const isGeneral = type === 'HttpException';
  if (isGeneral && typeof args[1] !== 'number') {
    return { exception, status: undefined, code: undefined, lost: [] };
  }
  const Exception = nestExceptions.get(type)!;
  const made = new Exception(...args.map((value) => shown(value)));
  const status = made.getStatus();
  // No error but an answer of the application's, a redirection for instance
  if (status < 400) {
    return undefined;
  }
  const mapped = mapHttpException(made, {});
  return { exception, status, code: mapped.code, lost: lostMembers(args[0], status, mapped.code) };
}

/** A value with what is unknown in it as an ellipsis. @internal */
export function shown(value: unknown): unknown {
  if (value === UNKNOWN) {
    return ELLIPSIS;
  }
  if (Array.isArray(value)) {
    return value.map((item) => shown(item));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shown(item)]))
    : value;
}

function lostMembers(body: unknown, status: number, code: string): string[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [];
  }
  return Object.entries(body)
    .filter(([name, value]) => !SAID_ELSEWHERE.has(name) && value !== code && value !== status)
    .filter(([name, value]) => !(name === 'error' && typeof value === 'string'))
    .map(([name]) => name);
}

function sentenceOf({ exception, status, code, lost }: AnsweredWith): string {
  if (status === undefined) {
    return `${exception} → the row of its status, which only the running application knows`;
  }
  const loss = lost.length > 0 ? `, without ${lost.join(', ')} of its body` : '';
  return `${exception} → ${status} ${code}${loss}`;
}
