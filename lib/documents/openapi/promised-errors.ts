import type { Promised, PromisedHeaders } from '../catalogue/catalogue.diff.js';
import type { PublishedError } from '../catalogue/published-catalogue.js';

type Json = Readonly<Record<string, unknown>>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
/** References that lead to references. */
const MAX_REFERENCES = 20;

/**
 * The errors that an OpenAPI document promises: of each operation the answers from 400 on whose JSON
 * has a `code` out of a list. Whoever wrote the document may have written it otherwise: what can't be
 * read as such is left out.
 *
 * @internal
 */
export function promisedErrors(document: Json): Promised {
  const errors = new Map<string, PublishedError & { operations: string[] }>();
  const headers: PromisedHeaders[] = [];
  const operations = operationsOf(document);
  for (const [operation, value] of operations) {
    const responses = asObject(asObject(value, document)['responses'], document);
    for (const status of Object.keys(responses).filter((name) => /^[45]\d\d$/.test(name))) {
      const response = asObject(responses[status], document);
      const names = Object.keys(asObject(response['headers'], document));
      headers.push({ operation, status: Number(status), names });
      for (const code of codesOf(response, document)) {
        const key = `${status} ${code}`;
        const description = describe(code, response, document);
        const error = errors.get(key) ?? {
          status: Number(status),
          code,
          description,
          operations: [],
        };
        error.operations.push(operation);
        errors.set(key, error);
      }
    }
  }
  const names = operations.map(([operation]) => operation);
  return { errors: [...errors.values()], document: { operations: names, headers } };
}

/** Each with its name, method and path. */
function operationsOf(document: Json): [string, unknown][] {
  return Object.entries(asObject(document['paths'], document)).flatMap(([path, value]) => {
    const item = asObject(value, document);
    return METHODS.filter((method) => Object.hasOwn(item, method)).map(
      (method): [string, unknown] => [`${method.toUpperCase()} ${path}`, item[method]],
    );
  });
}

function codesOf(response: Json, document: Json): string[] {
  const { schema } = jsonOf(response, document);
  const properties = asObject(asObject(schema, document)['properties'], document);
  const { const: only, enum: several } = asObject(properties['code'], document);
  const codes: unknown[] = Array.isArray(several) ? several : [only];
  return codes.filter((code) => typeof code === 'string');
}

/** Of the example that bears its name. */
function describe(code: string, response: Json, document: Json): string {
  const examples = asObject(jsonOf(response, document)['examples'], document);
  const { description } = asObject(asObject(examples[code], document)['value'], document);
  return typeof description === 'string' ? description : '';
}

function jsonOf(response: Json, document: Json): Json {
  return asObject(asObject(response['content'], document)['application/json'], document);
}

/** An object of the document, found where it is referred to, or an empty one. */
function asObject(value: unknown, document: Json): Json {
  let found = value;
  for (let i = 0; i < MAX_REFERENCES; i += 1) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) {
      return {};
    }
    const { $ref: reference } = found as Json;
    if (typeof reference !== 'string') {
      return found as Json;
    }
    found = resolve(reference, document);
  }
  return {};
}

/** A reference within the document (RFC 6901 §6). */
function resolve(reference: string, document: Json): unknown {
  const [, pointer] = /^#\/(.*)$/.exec(reference) ?? [];
  return pointer?.split('/').reduce<unknown>((value, step) => {
    const name = decode(step).replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Json)[name]
      : undefined;
  }, document);
}

function decode(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
