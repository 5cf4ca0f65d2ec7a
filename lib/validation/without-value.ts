const WORD = /[\p{L}\p{N}_]/u;

/** The one value that default messages hold as a word of their own often enough to matter. */
const ARTICLE = 'a';

/**
 * A rule's message without the value that was sent, which a message of the application may repeat
 * (class-validator's `$value`). Whole words only: of "must be an integer" the value `int` takes
 * nothing out.
 *
 * @internal
 */
export function withoutValue(message: string, value: unknown): string {
  const text = isScalar(value) ? String(value) : '';
  if (text.trim() === '' || text === ARTICLE || !message.includes(text)) {
    return message;
  }
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
