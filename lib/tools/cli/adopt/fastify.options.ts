import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding, Insertion } from './finding.js';
import { firstIn } from './insertion.js';

const imports = { name: 'fastifyErrorOptions', from: 'nestjs-api-errors' };
const OPTIONS = `${imports.name}()`;

/** The Fastify adapters that lack the library's options. @internal */
export function fastifyAdapters(application: ApplicationSource): Finding[] {
  const { ts: typescript, names } = application;
  return nodesOf(application, typescript.isNewExpression)
    .filter(({ expression }) => names.is(expression, '@nestjs/platform-fastify', 'FastifyAdapter'))
    .filter((node) => !node.getText().includes(imports.name))
    .map((node): Finding => {
      const insertion = insertionInto(application, node);
      const place = { ...placeOf(application, node), kind: 'fastify' } as const;
      return insertion
        ? {
            ...place,
            text: `give FastifyAdapter ${OPTIONS}`,
            change: { insertions: [insertion], imports },
          }
        : {
            ...place,
            text: `make FastifyAdapter by hand: new FastifyAdapter({ ...${OPTIONS}, … }), without frameworkErrors of its own`,
          };
    });
}

function insertionInto(
  { ts: typescript }: ApplicationSource,
  node: ts.NewExpression,
): Insertion | undefined {
  if (!node.arguments) {
    return { position: node.getEnd(), text: `(${OPTIONS})` };
  }
  const [options] = node.arguments;
  if (!options) {
    return { position: node.getEnd() - 1, text: OPTIONS };
  }
  const isOurs =
    typescript.isObjectLiteralExpression(options) &&
    options.properties.every(({ name }) => name?.getText() !== 'frameworkErrors');
  return isOurs ? firstIn(options, options.properties, `...${OPTIONS}`, ' ') : undefined;
}
