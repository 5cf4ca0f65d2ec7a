import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding, Insertion } from './finding.js';
import { firstIn } from './insertion.js';

const imports = { name: 'ErrorsModule', from: 'nestjs-api-errors' };

/** Where ErrorsModule is to be imported: the modules that `NestFactory.create()` is given. @internal */
export function rootModules(application: ApplicationSource): Finding[] {
  if (importsErrorsModule(application)) {
    return [];
  }
  const given = servingCalls(application)
    .map(({ arguments: [root] }) => root)
    .filter((root) => root !== undefined);
  const roots = new Map(given.map((root) => [classOf(application, root) ?? root, root]));
  return [...roots].map(([declared, root]) => findingOf(application, declared, root));
}

/** A script that fills a database makes an application, too, and never listens. */
function servingCalls(application: ApplicationSource): ts.CallExpression[] {
  const calls = nodesOf(application, application.ts.isCallExpression);
  const listening = new Set(
    calls
      .filter(({ expression }) => isMethod(application, expression, 'listen'))
      .map((call) => call.getSourceFile()),
  );
  const creating = calls.filter(({ expression }) => isCreate(application, expression));
  const serving = creating.filter((call) => listening.has(call.getSourceFile()));
  return serving.length > 0 ? serving : creating;
}

function isMethod(
  { ts: typescript }: ApplicationSource,
  callee: ts.Expression,
  name: string,
): callee is ts.PropertyAccessExpression {
  return typescript.isPropertyAccessExpression(callee) && callee.name.text === name;
}

function isCreate(application: ApplicationSource, callee: ts.Expression): boolean {
  return (
    isMethod(application, callee, 'create') &&
    application.names.is(callee.expression, '@nestjs/core', 'NestFactory')
  );
}

/** In any module: `ErrorsModule` or `ErrorsModule.forRoot()` beside the import itself. */
function importsErrorsModule(application: ApplicationSource): boolean {
  const { ts: typescript, names } = application;
  return nodesOf(application, typescript.isIdentifier).some(
    (node) =>
      node.text === imports.name &&
      !typescript.isImportSpecifier(node.parent) &&
      names.is(node, imports.from, imports.name),
  );
}

/** The class of `AppModule`, or of `AppModule.forRoot()`, whose decorator counts there too. */
function classOf(
  { ts: typescript, names }: ApplicationSource,
  root: ts.Expression,
): ts.ClassLikeDeclaration | undefined {
  return typescript.isCallExpression(root) && typescript.isPropertyAccessExpression(root.expression)
    ? names.classOf(root.expression.expression)
    : names.classOf(root);
}

function findingOf(
  application: ApplicationSource,
  declared: ts.Node,
  root: ts.Expression,
): Finding {
  const { ts: typescript, names } = application;
  const decorator = names.decoratorOf(declared, '@nestjs/common', 'Module');
  const insertion = decorator && insertionInto(application, decorator);
  const name = (typescript.isClassLike(declared) && declared.name?.text) || root.getText();
  const place = placeOf(application, decorator ?? declared);
  return insertion
    ? {
        ...place,
        kind: 'module',
        text: `add ErrorsModule to the imports of ${name}`,
        change: { insertions: [insertion], imports },
      }
    : {
        ...place,
        kind: 'module',
        text: `add ErrorsModule to the imports of ${name} by hand: they are no list that can be read here`,
      };
}

function insertionInto(
  { ts: typescript }: ApplicationSource,
  { arguments: [metadata] }: ts.CallExpression,
): Insertion | undefined {
  if (!metadata || !typescript.isObjectLiteralExpression(metadata)) {
    return undefined;
  }
  const property = metadata.properties.find(({ name }) => name?.getText() === 'imports');
  if (property) {
    const list = typescript.isPropertyAssignment(property) ? property.initializer : undefined;
    return list && typescript.isArrayLiteralExpression(list)
      ? firstIn(list, list.elements, imports.name)
      : undefined;
  }
  // A spread may bring imports of its own, which a later member would replace
  return metadata.properties.some((member) => typescript.isSpreadAssignment(member))
    ? undefined
    : firstIn(metadata, metadata.properties, `imports: [${imports.name}]`, ' ');
}
