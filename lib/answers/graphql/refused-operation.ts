import { type ResolveInfo, rootFieldCount } from '../../nest/graphql.js';
import type { AnyRequest } from '../../nest/request.js';
import { type AnyResponse, rawResponse } from '../../nest/response.js';
import type { ServerResponse } from 'node:http';
import { type Answer, mayChallenge } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';

/** The fields at the root of an operation that were refused, by the response that it is answered with. */
const refused = new WeakMap<ServerResponse, Set<string | number>>();

/**
 * Answers an operation over HTTP with the status of a refusal and its challenge (RFC 6750 §3), where
 * it gives no data: each field at its root was refused, or one that cannot be null. An answer that has
 * data stays 200, with the refusals among its errors (GraphQL over HTTP §6.4.2), as do several operations
 * in one request.
 *
 * @internal
 */
export function refuseOperation(
  answer: Answer,
  info: ResolveInfo,
  request: AnyRequest,
  response: AnyResponse,
  settings: AnswerSettings,
): void {
  const { status, challenges } = answer;
  const isRefusal = status === 401 || (challenges.length > 0 && mayChallenge(status));
  const raw = rawResponse(response);
  if (!isRefusal || info.path.prev !== undefined || raw.headersSent || isBatch(request)) {
    return;
  }
  const fields = refused.get(raw) ?? new Set();
  refused.set(raw, fields.add(info.path.key));
  const isRequired = String(info.returnType).endsWith('!');
  if (isRequired || fields.size === rootFieldCount(info)) {
    const lines = challenges.length > 0 ? challenges : settings.defaultChallenges;
    raw.setHeader('www-authenticate', lines.length === 1 ? lines[0]! : [...lines]);
    raw.setHeader('cache-control', 'no-store');
    answerWith(status, raw);
  }
}

function isBatch({ body }: AnyRequest): boolean {
  return Array.isArray(body);
}

type WriteHead = (status: number, ...rest: unknown[]) => unknown;

/** Drivers answer every operation that was executed with 200, and say so last. */
function answerWith(status: number, raw: ServerResponse): void {
  const target = raw as unknown as { writeHead: WriteHead };
  const { writeHead } = target;
  target.writeHead = (given, ...rest) => {
    target.writeHead = writeHead;
    return writeHead.call(raw, given === 200 ? status : given, ...rest);
  };
}
