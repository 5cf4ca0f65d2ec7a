import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv } from 'ajv';

/** An answer as it was recorded. */
export interface RecordedAnswer {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Headers;
}

/** What is wrong with an answer by the document; `undefined` where the document promises it. */
export type Verdict = string | undefined;

interface Response {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: object;
}

/** Judges answers by the operations of a document, with Ajv over the document's own schemas. */
export function promises(document: OpenAPIObject): (answer: RecordedAnswer) => Verdict {
  const ajv = new Ajv({ strict: false });
  ajv.addSchema(document, 'openapi');
  return (answer) => {
    const path = pathOf(document, answer);
    if (!path) {
      return answer.status === 404 ? undefined : 'There is no such operation.';
    }
    const method = answer.method.toLowerCase();
    const pointer = ['paths', path, method, 'responses', String(answer.status)];
    const response = valueAt(document, pointer) as Response | undefined;
    if (!response) {
      return `${answer.status} is not a status of this operation.`;
    }
    const place = response.$ref?.slice(2).split('/') ?? pointer;
    const found = valueAt(document, place) as Response;
    return headerVerdict(found, answer.headers) ?? bodyVerdict(ajv, place, found, answer.body);
  };
}

function bodyVerdict(ajv: Ajv, place: string[], { content }: Response, body: unknown): Verdict {
  if (!content) {
    return undefined;
  }
  const steps = [...place, 'content', 'application/json', 'schema'];
  const fragment = steps.map((step) => step.replaceAll('~', '~0').replaceAll('/', '~1'));
  const $ref = `openapi#/${fragment.map(encodeURIComponent).join('/')}`;
  const validate = ajv.compile({ $ref });
  return validate(body) ? undefined : `${JSON.stringify(body)}: ${ajv.errorsText(validate.errors)}`;
}

const DOCUMENTED = ['WWW-Authenticate', 'Retry-After', 'X-Request-Id'];

function headerVerdict({ headers = {} }: Response, sent: Headers): Verdict {
  const undocumented = DOCUMENTED.filter((name) => sent.has(name) && !(name in headers));
  return undocumented.length > 0 ? `${undocumented.join(', ')}: no such header.` : undefined;
}

function pathOf(document: OpenAPIObject, { method, path }: RecordedAnswer): string | undefined {
  const { pathname } = new URL(path, 'http://localhost');
  return Object.keys(document.paths).find(
    (template) =>
      method.toLowerCase() in document.paths[template]! &&
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
}

function valueAt(root: unknown, steps: readonly string[]): unknown {
  let value = root;
  for (const step of steps) {
    value = (value as Record<string, unknown> | undefined)?.[step];
  }
  return value;
}
