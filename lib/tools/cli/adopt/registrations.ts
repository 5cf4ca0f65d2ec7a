import type ts from 'typescript';
import { type ApplicationSource, nodesIn, nodesOf, placeOf } from './application.source.js';

/** Where an application registers a filter or a pipe. @internal */
export interface Registration {
  /** The expression that names its class, or makes an instance. */
  readonly node: ts.Expression;
  readonly isGlobal: boolean;
}

/** @internal */
export interface EnhancerNames {
  /** `useGlobalFilters` */
  readonly method: string;
  /** `APP_FILTER` */
  readonly token: string;
  /** `UseFilters` */
  readonly decorator: string;
}

/** Filters or pipes that are registered anywhere, by what Nest calls the ways to do so. @internal */
export function registrationsOf(
  application: ApplicationSource,
  { method, token, decorator }: EnhancerNames,
): Registration[] {
  const { ts: typescript, names } = application;
  const byCall = nodesOf(application, typescript.isCallExpression).flatMap((call) => {
    const isGlobal =
      typescript.isPropertyAccessExpression(call.expression) &&
      call.expression.name.text === method;
    return isGlobal || names.is(call.expression, '@nestjs/common', decorator)
      ? call.arguments.map((node) => ({ node, isGlobal }))
      : [];
  });
  const byToken = nodesOf(application, typescript.isObjectLiteralExpression)
    .filter(({ properties }) =>
      properties.some(
        (property) =>
          typescript.isPropertyAssignment(property) &&
          property.name.getText() === 'provide' &&
          names.is(property.initializer, '@nestjs/core', token),
      ),
    )
    .flatMap((provider) => providedBy(application, provider))
    .map((node) => ({ node, isGlobal: true }));
  return [...byCall, ...byToken];
}

/** `useClass`, `useExisting`, `useValue`, or what a factory makes. */
function providedBy(
  { ts: typescript }: ApplicationSource,
  provider: ts.ObjectLiteralExpression,
): ts.Expression[] {
  const found = provider.properties.find(
    ({ name }) =>
      name !== undefined && /^use(?:Class|Existing|Value|Factory)$/.test(name.getText()),
  );
  if (!found || !typescript.isPropertyAssignment(found)) {
    return [];
  }
  const { initializer } = found;
  if (found.name.getText() !== 'useFactory') {
    return [initializer];
  }
  return nodesIn(typescript, initializer, typescript.isNewExpression).slice(0, 1);
}

/** The class that a registration names or makes. @internal */
export function classNodeOf(
  { ts: typescript }: ApplicationSource,
  { node }: Registration,
): ts.Expression {
  return typescript.isNewExpression(node) ? node.expression : node;
}

/** @internal */
export function lineOf(application: ApplicationSource, node: ts.Node): string {
  const { file, line } = placeOf(application, node);
  return `${file}:${line}`;
}
