import type { Answer } from './answer.js';
import type { AnswerSettings } from './answer.settings.js';
import { prefersProblem, PROBLEM_TYPE, problemBody } from './problem/problem.details.js';

/** What an answer is to whoever reads it: a text, and of which media type it is. @internal */
export interface Representation {
  readonly contentType: string;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Bodies that say nothing but their row, by its code: of nearly every answer. */
const bare = new Map<string, { readonly description: string; readonly body: string }>();
const MAX_BARE = 1_000;

/**
 * Represents an answer: `{"code":"…","description":"…"}`, with further members where the application
 * switched them on. As problem details where the application has them and the client prefers them.
 *
 * @param accept - the client's `Accept`, where it can have one
 * @internal
 */
export function represent(
  answer: Answer,
  settings: AnswerSettings,
  accept?: string,
): Representation {
  if (settings.problem && prefersProblem(accept)) {
    return { contentType: PROBLEM_TYPE, body: problemBody(answer, settings) };
  }
  const { failures, members, isDescriptionGiven } = answer;
  const isBare = !settings.requestId && !members && !(settings.failures && failures);
  const body = isBare && !isDescriptionGiven ? bareBody(answer) : bodyOf(answer, settings);
  return { contentType: JSON_TYPE, body };
}

function bareBody({ code, description }: Answer): string {
  const known = bare.get(code);
  if (known?.description === description) {
    return known.body;
  }
  const body = JSON.stringify({ code, description });
  if (bare.size < MAX_BARE) {
    bare.set(code, { description, body });
  }
  return body;
}

function bodyOf(
  { code, description, requestId, failures, members }: Answer,
  settings: Pick<AnswerSettings, 'requestId' | 'failures'>,
): string {
  const own = {
    code,
    description,
    ...(settings.requestId && { requestId }),
    ...(settings.failures && failures && { failures }),
  };
  // In this order, whatever the further members are called
  return JSON.stringify(members ? { ...own, ...members, ...own } : own);
}
