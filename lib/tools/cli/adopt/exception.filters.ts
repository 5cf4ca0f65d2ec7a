import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding } from './finding.js';
import { classNodeOf, lineOf, type Registration, registrationsOf } from './registrations.js';

const ways = { method: 'useGlobalFilters', token: 'APP_FILTER', decorator: 'UseFilters' };

/** What catches every error of the library's, too. */
const WIDE = new Set(['HttpException', 'Error', 'IntrinsicException']);

/** The application's own filters, and what to do with each. @internal */
export function exceptionFilters(application: ApplicationSource): Finding[] {
  const registrations = registrationsOf(application, ways).filter(
    ({ node }) => !isOurs(application, node),
  );
  const own = nodesOf(application, application.ts.isClassLike).flatMap((declaration) => {
    const caught = application.names.decoratorOf(declaration, '@nestjs/common', 'Catch');
    const at = registrations.filter(
      (registration) =>
        application.names.classOf(classNodeOf(application, registration)) === declaration,
    );
    return caught ? [ofOwn(application, declaration, caught, at)] : [];
  });
  return [...own, ...registrations.flatMap((registration) => ofPackage(application, registration))];
}

/** ErrorsFilter, or one that extends it: nothing is left to do. */
function isOurs(application: ApplicationSource, node: ts.Expression): boolean {
  return (
    application.names.of(classNodeOf(application, { node, isGlobal: true }))?.package ===
    'nestjs-api-errors'
  );
}

function ofOwn(
  application: ApplicationSource,
  declaration: ts.ClassLikeDeclaration,
  { arguments: caught }: ts.CallExpression,
  registrations: readonly Registration[],
): Finding {
  const name = declaration.name?.text ?? 'A filter';
  const isWide = caught.length === 0 || caught.some((type) => isWideClass(application, type));
  const kinds = caught.map((type) => type.getText()).join(', ') || 'everything';
  const routes = registrations
    .filter(({ isGlobal }) => !isGlobal)
    .map(({ node }) => lineOf(application, node));
  const where =
    registrations.length === 0
      ? ', and is registered nowhere in what was read'
      : routes.length > 0
        ? ` at ${routes.join(', ')}`
        : '';
  const base = application.names.baseOf(declaration);
  const extended = base && application.names.of(base);
  const advice =
    extended?.package === 'nestjs-api-errors'
      ? 'extends the library’s filter: nothing to do'
      : isWide
        ? adviceOfWide(extended?.name, routes.length > 0)
        : `it goes on to answer these; for the contract replace it by a mapper, @MapErrors(${kinds})`;
  return {
    ...placeOf(application, declaration.name ?? declaration),
    kind: 'filter',
    text: `${name} catches ${kinds}${where}: ${advice}`,
  };
}

/** `Error` is a global name, which is from nowhere. */
function isWideClass({ names }: ApplicationSource, type: ts.Expression): boolean {
  const meaning = names.of(type) ?? { name: type.getText() };
  return !('declaration' in meaning) && WIDE.has(meaning.name);
}

function adviceOfWide(base: string | undefined, isOfRoutes: boolean): string {
  if (base === 'BaseExceptionFilter') {
    return 'what it hands to super.catch() follows the contract, what it answers itself does not';
  }
  return isOfRoutes
    ? 'these routes are left to it; take @UseFilters() off for the contract'
    : 'remove it and tell of errors in onError, or let it extend ErrorsFilter and call super.catch()';
}

function ofPackage(application: ApplicationSource, registration: Registration): Finding[] {
  const meaning = application.names.of(classNodeOf(application, registration));
  return meaning?.package === undefined
    ? []
    : [
        {
          ...placeOf(application, registration.node),
          kind: 'filter',
          text:
            `${meaning.name} of ${meaning.package} goes before ErrorsFilter: what it hands on to Nest’s ` +
            'own filter follows the contract, what it answers itself does not',
        },
      ];
}
