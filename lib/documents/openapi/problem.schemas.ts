import { STATUS_CODES } from 'node:http';
import type { AnswerSettings } from '../../answers/answer.settings.js';
import type { DeclaredError } from '../declared/declared.error.js';
import { codeSchema } from './error.schemas.js';
import type { SchemaObject } from './openapi.types.js';

const text: SchemaObject = { type: 'string' };
const reference: SchemaObject = { type: 'string', format: 'uri-reference' };

/** A failed rule, as problem details tell it. */
const failure: SchemaObject = {
  type: 'object',
  required: ['detail', 'rule'],
  properties: {
    detail: text,
    pointer: {
      ...reference,
      description: 'JSON Pointer into the body.',
      example: '#/items/2/price',
    },
    parameter: { type: 'string', description: 'Path of a parameter outside the body.' },
    in: { type: 'string', enum: ['query', 'path'] },
    rule: text,
    limits: { type: 'object' },
  },
};

/** The body of a status as problem details (RFC 9457 §3.1). @internal */
export function problemSchema(
  status: number,
  errors: readonly DeclaredError[],
  settings: AnswerSettings,
  openapi: string,
): SchemaObject {
  const codes = errors.map(({ code }) => code);
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: {
      type: reference,
      title: text,
      status: { type: 'integer' },
      detail: text,
      instance: reference,
      code: codeSchema(codes, openapi),
      ...(settings.requestId && { requestId: text }),
      ...(settings.failures && status === 400 && { errors: { type: 'array', items: failure } }),
    },
  };
}

/** An example of each code, by its name. @internal */
export function problemExamples(
  errors: readonly DeclaredError[],
): Record<string, { value: object }> {
  return Object.fromEntries(
    errors.map(({ status, code, description }) => {
      const title = STATUS_CODES[status] ?? 'Error';
      return [code, { value: { type: 'about:blank', title, status, detail: description, code } }];
    }),
  );
}
