import fc from 'fast-check';
import { promisedErrors } from '../../../../lib/documents/openapi/promised-errors.js';

const answerOf = (schema: object, more: object = {}) => ({
  paths: {
    '/a': { get: { responses: { 404: { content: { 'application/json': { schema, ...more } } } } } },
  },
});
const codesIn = (document: object) =>
  promisedErrors(document as Record<string, unknown>).errors.map(({ code }) => code);

describe('the errors that a document promises', () => {
  it('are found where they are referred to', () => {
    const document = {
      paths: {
        '/a/{id}': { get: { responses: { 404: { $ref: '#/components/responses/a~1b%20c' } } } },
      },
      components: {
        responses: {
          'a/b c': {
            headers: { 'X-Request-Id': {} },
            content: {
              'application/json': {
                schema: { $ref: '#/components/schemas/Missing' },
                examples: { A: { value: { code: 'A', description: 'No A.' } } },
              },
            },
          },
        },
        schemas: { Missing: { properties: { code: { enum: ['A', 'B'] } } } },
      },
    };
    expect(promisedErrors(document)).toEqual({
      errors: [
        { status: 404, code: 'A', description: 'No A.', operations: ['GET /a/{id}'] },
        { status: 404, code: 'B', description: '', operations: ['GET /a/{id}'] },
      ],
      document: {
        operations: ['GET /a/{id}'],
        headers: [{ operation: 'GET /a/{id}', status: 404, names: ['X-Request-Id'] }],
      },
    });
  });

  it('may be one, as OpenAPI 3.1 says it', () => {
    expect(codesIn(answerOf({ properties: { code: { const: 'A' } } }))).toEqual(['A']);
  });

  it.each<[string, object]>([
    ['a code that is any text', { properties: { code: { type: 'string' } } }],
    ['a body without one', { properties: { message: {} } }],
    ['a reference to nothing', { $ref: '#/components/schemas/Gone' }],
    ['a reference to another file', { $ref: 'errors.json#/Gone' }],
    [
      'a reference to itself',
      { $ref: '#/paths/~1a/get/responses/404/content/application~1json/schema' },
    ],
    ['a reference that is no text in percent', { $ref: '#/%zz' }],
  ])('are none of %s', (_what, schema) => {
    expect(codesIn(answerOf(schema))).toEqual([]);
  });

  it('are read of anything', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (some, paths) => {
        expect(promisedErrors({ ...some, paths }).errors).toEqual([]);
      }),
    );
  });
});
