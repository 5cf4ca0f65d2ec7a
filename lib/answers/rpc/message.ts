import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import { represent } from '../representation.js';

/**
 * An answer as Nest's transports of messages send it: a status and a message, which are what callers
 * without this library read, and the body of the contract.
 *
 * @internal
 */
export function toMessage(answer: Answer, settings: AnswerSettings): object {
  const { status, description: message, retryAfter } = answer;
  const own = { status, message };
  const body = JSON.parse(represent(answer, settings).body) as object;
  // In this order, whatever the members of an exception are called
  return { ...own, ...body, ...own, ...(retryAfter !== undefined && { retryAfter }) };
}
