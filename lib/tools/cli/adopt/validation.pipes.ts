import type ts from 'typescript';
import { type ApplicationSource, nodesIn, nodesOf, placeOf } from './application.source.js';
import type { Finding } from './finding.js';
import { bareExpression } from './static.value.js';
import { classNodeOf, registrationsOf } from './registrations.js';

const ways = { method: 'useGlobalPipes', token: 'APP_PIPE', decorator: 'UsePipes' };

/** What `validation` does without: the answer is the library's. */
const ANSWERS = new Set([
  'exceptionFactory',
  'errorHttpStatusCode',
  'errorFormat',
  'maxErrorMessagesLength',
]);

const VALIDATE = ['validate', 'validateOrReject', 'validateSync'];

/** The pipes of the application's that validate, and what to do with each. @internal */
export function validationPipes(application: ApplicationSource): Finding[] {
  const global = registrationsOf(application, ways).flatMap((registration): Finding[] =>
    registration.isGlobal &&
    application.names.is(classNodeOf(application, registration), '@nestjs/common', 'ValidationPipe')
      ? [ofGlobal(application, registration.node)]
      : [],
  );
  const own = nodesOf(application, application.ts.isClassLike)
    .filter((declaration) => isOwnPipe(application, declaration))
    .map((declaration): Finding => ({
      ...placeOf(application, declaration.name ?? declaration),
      kind: 'validation',
      text:
        `${declaration.name?.text ?? 'This pipe'} validates by itself: without it the library does, ` +
        'and tells missing, too large and out of range apart; it goes on to validate until then',
    }));
  return [...global, ...own];
}

function ofGlobal(application: ApplicationSource, node: ts.Expression): Finding {
  const { ts: typescript } = application;
  const options = typescript.isNewExpression(node) ? node.arguments?.[0] : undefined;
  const literal = options && literalOf(application, options);
  const dropped = (literal?.properties ?? [])
    .map(({ name }) => name?.getText() ?? '')
    .filter((name) => ANSWERS.has(name));
  const isWritten = literal !== undefined && literal === options;
  const kept = isWritten
    ? `{ ${literal.properties
        .filter(({ name }) => !ANSWERS.has(name?.getText() ?? ''))
        .map((property) => property.getText().replace(/\s+/g, ' '))
        .join(', ')} }`
    : (options?.getText() ?? '{}');
  return {
    ...placeOf(application, node),
    kind: 'validation',
    text:
      `replace this pipe by ErrorsModule.forRoot({ validation: ${kept} })` +
      (!isWritten && dropped.length > 0 ? `, taking out ${dropped.join(', ')}` : '') +
      (isWritten && dropped.length > 0 ? `, without ${dropped.join(', ')}` : '') +
      '; it goes on to validate until then',
  };
}

function literalOf(
  application: ApplicationSource,
  options: ts.Expression,
): ts.ObjectLiteralExpression | undefined {
  const { ts: typescript, names } = application;
  const node = bareExpression(typescript, options);
  if (typescript.isObjectLiteralExpression(node)) {
    return node;
  }
  const declaration = names.of(node)?.declaration;
  const value =
    declaration && typescript.isVariableDeclaration(declaration)
      ? declaration.initializer
      : declaration && typescript.isExportAssignment(declaration)
        ? declaration.expression
        : undefined;
  return value && value !== options ? literalOf(application, value) : undefined;
}

/** A PipeTransform that calls class-validator. */
function isOwnPipe(
  { ts: typescript, names }: ApplicationSource,
  declaration: ts.ClassLikeDeclaration,
): boolean {
  const isPipe = declaration.heritageClauses?.some(({ types }) =>
    types.some(({ expression }) => names.is(expression, '@nestjs/common', 'PipeTransform')),
  );
  return (
    isPipe === true &&
    nodesIn(typescript, declaration, typescript.isCallExpression).some(({ expression }) =>
      VALIDATE.some((name) => names.is(expression, 'class-validator', name)),
    )
  );
}
