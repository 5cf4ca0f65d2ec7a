import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding } from './finding.js';

const imports = { name: 'documentErrors', from: 'nestjs-api-errors/swagger' };

/** The OpenAPI documents that do not tell of errors. @internal */
export function openApiDocuments(application: ApplicationSource): Finding[] {
  const { ts: typescript } = application;
  const calls = nodesOf(application, typescript.isCallExpression);
  const documented = new Set(
    calls
      .filter(({ expression }) => application.names.is(expression, imports.from, imports.name))
      .map((call) => call.getSourceFile()),
  );
  return calls
    .filter((call) => isDocument(application, call) && !documented.has(call.getSourceFile()))
    .map((call) => ({
      ...placeOf(application, call),
      kind: 'document',
      text: `complete the document with ${imports.name}()`,
      change: {
        insertions: [
          { position: call.getStart(), text: `${imports.name}(` },
          { position: call.getEnd(), text: `, ${call.arguments[0]!.getText()})` },
        ],
        imports,
      },
    }));
}

function isDocument(
  { ts: typescript, names }: ApplicationSource,
  { expression, arguments: args }: ts.CallExpression,
): boolean {
  return (
    args.length > 0 &&
    typescript.isPropertyAccessExpression(expression) &&
    expression.name.text === 'createDocument' &&
    names.is(expression.expression, '@nestjs/swagger', 'SwaggerModule')
  );
}
