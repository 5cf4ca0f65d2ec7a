import { STATUS_CODES } from 'node:http';
import type { ParameterFailure } from '../../contract/exceptions/api-exception.options.js';
import { pathOf } from '../../contract/exceptions/failure-path.js';
import { preferredType } from '../../contract/negotiation/accept.js';
import { SafeLogger } from '../../nest/safe-logger.js';
import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import { jsonPointer } from './json-pointer.js';

/** The media type of problem details (RFC 9457 §3). @internal */
export const PROBLEM_TYPE = 'application/problem+json';

/** Without a page of its own a problem is no more than its status (RFC 9457 §4.2.1). */
const BLANK = 'about:blank';
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const logger = new SafeLogger();

/** Whether a client would rather have problem details: of equals it gets the contract. @internal */
export function prefersProblem(accept: string | undefined): boolean {
  return preferredType(accept, ['application/json', PROBLEM_TYPE]) === PROBLEM_TYPE;
}

/**
 * An answer as problem details (RFC 9457 §3.1), with `code` as a member and, where failures are shown,
 * `errors` with a JSON Pointer into the body that was sent.
 *
 * @internal
 */
export function problemBody(answer: Answer, settings: AnswerSettings): string {
  const { status, code, description, requestId, failures, members } = answer;
  const own = {
    type: typeOf(answer, settings),
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: description,
    ...(UUID.test(requestId) && { instance: `urn:uuid:${requestId}` }),
    code,
    ...(settings.requestId && { requestId }),
    ...(settings.failures && failures && { errors: failures.map(toProblemError) }),
  };
  // In this order, whatever the further members are called
  return JSON.stringify(members ? { ...own, ...members, ...own } : own);
}

function typeOf({ status, code, description }: Answer, { problem }: AnswerSettings): string {
  try {
    const type: unknown = problem?.type?.({ status, code, description });
    return typeof type === 'string' ? type : BLANK;
  } catch (error) {
    logger.error('problem.type failed', error);
    return BLANK;
  }
}

function toProblemError(failure: ParameterFailure) {
  const { parameter, in: place, rule, limits, description } = failure;
  const path = place === 'body' ? pathOf(failure) : undefined;
  const pointer = path && jsonPointer(path);
  return {
    detail: description,
    ...(pointer === undefined ? { parameter, ...(place && { in: place }) } : { pointer }),
    rule,
    ...(limits && { limits }),
  };
}
