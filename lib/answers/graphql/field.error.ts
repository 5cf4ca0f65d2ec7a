import type { Answer } from '../answer.js';
import type { AnswerSettings } from '../answer.settings.js';
import { represent } from '../representation.js';

/** What an answered error is known by, to what sees it again on its way out. */
const answered = new WeakSet<object>();

/**
 * An error of GraphQL before it is located: `extensions` is what graphql-js takes over of it (GraphQL
 * §7.1.2).
 */
class FieldError extends Error {
  override readonly name = 'FieldError';

  constructor(
    message: string,
    readonly extensions: Readonly<Record<string, unknown>>,
  ) {
    super(message);
    // Drivers show the stack while an application is developed, and this one would be of no use
    this.stack = `FieldError: ${message}`;
    answered.add(this);
  }
}

/** @internal */
export function toFieldError(answer: Answer, settings: AnswerSettings): FieldError {
  const { status, retryAfter, challenges } = answer;
  const { description, ...members } = JSON.parse(represent(answer, settings).body) as {
    description: string;
  };
  return new FieldError(description, {
    ...members,
    status,
    ...(retryAfter !== undefined && { retryAfter }),
    ...(challenges.length > 0 && { challenges }),
  });
}

/** Whether an error is one that is answered already. @internal */
export function isAnswered(error: unknown): boolean {
  return answered.has(Object(error) as object);
}
