import type ts from 'typescript';
import { type ApplicationSource, nodesOf, placeOf } from './application.source.js';
import type { Finding } from './finding.js';
import { staticValue } from './static.value.js';

const SENDS = new Set(['json', 'send', 'end']);
const SETS_STATUS = new Set(['status', 'code']);

/** Errors that are sent and not thrown, `res.status(404).json(…)`: no filter ever sees them. @internal */
export function handwrittenAnswers(application: ApplicationSource): Finding[] {
  return nodesOf(application, application.ts.isCallExpression).flatMap((call): Finding[] => {
    const status = statusOf(application, call);
    return status === undefined
      ? []
      : [
          {
            ...placeOf(application, call),
            kind: 'answer',
            text: `${status} is sent here, and does not follow the contract: throw an exception in its place`,
          },
        ];
  });
}

function statusOf(application: ApplicationSource, call: ts.CallExpression): number | undefined {
  const inner = calledOn(application, call, SENDS);
  const isSet =
    inner !== undefined &&
    application.ts.isCallExpression(inner) &&
    inner.arguments.length === 1 &&
    calledOn(application, inner, SETS_STATUS) !== undefined;
  const status = isSet ? staticValue(application, inner.arguments[0]!) : undefined;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}

/** What a method of one of these names is called on. */
function calledOn(
  { ts: typescript }: ApplicationSource,
  { expression }: ts.CallExpression,
  methods: ReadonlySet<string>,
): ts.Expression | undefined {
  return typescript.isPropertyAccessExpression(expression) && methods.has(expression.name.text)
    ? expression.expression
    : undefined;
}
