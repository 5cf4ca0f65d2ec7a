const WORD = /[\p{L}\p{N}_]/u;

/** The one value that default messages hold as a word of their own often enough to matter. */
const ARTICLE = 'a';

/** What `String.replace`, with which class-validator puts values in, makes something else of. */
const REPLACEMENT_PATTERNS = /\$(?:[$&`']|\d{1,2}|<[^>]*>)/;

/**
 * A rule's message without the value that was sent, which a message of the application may repeat
 * (class-validator's `$value`). Whole words only: of "must be an integer" the value `int` takes
 * nothing out.
 *
 * @internal
 */
export function withoutValue(message: string, value: unknown): string {
  const text = isScalar(value) ? String(value) : '';
  if (text === ARTICLE) {
    return message;
  }
  const parts = text.split(REPLACEMENT_PATTERNS).filter((part) => part.trim() !== '');
  // The parts of a value that was torn apart stand beside anything
  return parts.length === 1 && parts[0] === text
    ? without(message, text)
    : parts.reduce((rest, part) => rest.replaceAll(part, '…'), message);
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
