const WORD = /[\p{L}\p{N}_]/u;

/** The one value that default messages hold as a word of their own often enough to matter. */
const ARTICLE = 'a';

/** What `String.replace` makes something else of. */
const TORN = /\$[$&`'\d<]/;

/** Longer than anything that people write for people: what makes it so is a value. */
const MAX_LENGTH = 2000;

/**
 * A message without the value that was sent, which a function of the application may have put in it.
 * Whole words only: of "must be an integer" the value `int` takes nothing out. In linear time, and
 * nothing at all of a message in which a value may be torn apart: class-validator puts it in with
 * `String.replace`.
 *
 * @internal
 */
export function withoutValue(message: string, value: unknown): string {
  const text = isScalar(value) ? String(value) : '';
  if (message.length > MAX_LENGTH || TORN.test(text)) {
    return '';
  }
  return text.trim() === '' || text === ARTICLE ? message : without(message, text);
}

function without(message: string, text: string): string {
  let result = '';
  let from = 0;
  for (let at = message.indexOf(text); at !== -1; at = message.indexOf(text, from)) {
    const end = at + text.length;
    const whole = !WORD.test(message.charAt(at - 1)) && !WORD.test(message.charAt(end));
    result += message.slice(from, at) + (whole ? '…' : text);
    from = end;
  }
  return result + message.slice(from);
}

function isScalar(value: unknown): value is string | number | boolean | bigint {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
