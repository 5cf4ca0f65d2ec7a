import type { Answer } from './answer.js';
import type { Bookshelf } from './bookshelf.client.js';
import { type Cause, causes } from './causes.js';

/** Makes each request of the tour, one after the other. */
export async function walk(bookshelf: Bookshelf): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const cause of causes) {
    // oxlint-disable-next-line no-await-in-loop -- one cause must not be in the way of another
    answers.push(await answerTo(cause, bookshelf));
  }
  return answers;
}

/** Makes the request of one cause. */
export function meet(cause: Cause, bookshelf: Bookshelf): Promise<Response> {
  const send = () => bookshelf.call(cause);
  return cause.during ? cause.during(bookshelf, send) : send();
}

async function answerTo(cause: Cause, bookshelf: Bookshelf): Promise<Answer> {
  const response = await meet(cause, bookshelf);
  const { code = '', description = '' } = (await response.json()) as Partial<Answer>;
  return {
    request: `${cause.method} ${cause.path} (${cause.why})`,
    status: response.status,
    code,
    description,
    challenge: response.headers.get('WWW-Authenticate'),
  };
}
