import { MAX_DESCRIPTION_LENGTH } from '../../contract/catalogue/description.js';
import type { DeclaredError } from '../declared/declared.error.js';
import type { AnswerSettings } from '../../answers/answer.settings.js';
import type { ReferenceObject, SchemaObject } from './openapi.types.js';

type Properties = Record<string, SchemaObject | ReferenceObject>;

const description: SchemaObject = {
  description: 'What is wrong, for people. Programs go by the code.',
  type: 'string',
  minLength: 1,
  maxLength: MAX_DESCRIPTION_LENGTH,
};

const failure: SchemaObject = {
  description: 'A rule that a parameter of the request fails.',
  type: 'object',
  required: ['parameter', 'rule', 'description'],
  properties: {
    parameter: { type: 'string', description: 'Path of the parameter.', example: 'items[2].price' },
    in: { type: 'string', enum: ['body', 'query', 'path'], description: 'Where it was sent.' },
    rule: { type: 'string', description: 'Name of the rule.', example: 'maxLength' },
    limits: {
      type: 'object',
      description: 'The limits of a bound or a size.',
      properties: Object.fromEntries(
        ['min', 'max', 'exclusiveMin', 'exclusiveMax'].map((name) => [
          name,
          { oneOf: [{ type: 'number' }, { type: 'string' }] },
        ]),
      ),
      example: { max: 20 },
    },
    description: { type: 'string', description: 'What the rule demands, for people.' },
  },
};

const ref = (name: string): ReferenceObject => ({ $ref: `#/components/schemas/${name}` });

/** The schemas that the bodies of errors share. @internal */
export function sharedSchemas({ failures }: AnswerSettings): Record<string, SchemaObject> {
  return { ErrorDescription: description, ...(failures && { ErrorFailure: failure }) };
}

/**
 * The body of a status. One schema for all of its codes, as generators make of it what they make of
 * one schema a code, `'A' | 'B'`, without a type for each.
 *
 * @internal
 */
export function errorSchema(
  status: number,
  errors: readonly DeclaredError[],
  settings: AnswerSettings,
  openapi: string,
): SchemaObject {
  const properties: Properties = {
    code: codeSchema(
      errors.map(({ code }) => code),
      openapi,
    ),
    description: ref('ErrorDescription'),
    ...(settings.requestId && { requestId: { type: 'string' } }),
    ...(settings.failures &&
      status === 400 && { failures: { type: 'array', items: ref('ErrorFailure') } }),
  };
  const required = ['code', 'description', ...(settings.requestId ? ['requestId'] : [])];
  return { type: 'object', required, properties };
}

/** OpenAPI 3.0 has no `const` (JSON Schema 2020-12 §6.1.3). @internal */
export function codeSchema(codes: readonly string[], openapi: string): SchemaObject {
  return codes.length === 1 && !openapi.startsWith('3.0')
    ? ({ type: 'string', const: codes[0] } as SchemaObject)
    : { type: 'string', enum: [...codes] };
}

/** An example of each code, by its name. @internal */
export function errorExamples(
  errors: readonly DeclaredError[],
): Record<string, { value: { code: string; description: string } }> {
  return Object.fromEntries(
    errors.map((error) => [
      error.code,
      { value: { code: error.code, description: error.description } },
    ]),
  );
}
