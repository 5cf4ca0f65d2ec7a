// Control characters, what else ends a line, and what turns the direction of a text around
const UNSAFE =
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;
const ALL_UNSAFE = new RegExp(UNSAFE, 'g');

/**
 * Text from outside as one line of a log may have it: control characters are escaped, so that it can
 * neither begin a line nor move a cursor, lone surrogates become U+FFFD, and what is longer than `max`
 * ends in an ellipsis.
 *
 * @internal
 */
export function printable(text: string, max: number): string {
  // Cut before the rest is looked at: 20 MB cost no more than `max`
  const head = text.length > max ? text.slice(0, max) : text;
  const escaped = UNSAFE.test(head) ? head.replace(ALL_UNSAFE, escape) : head;
  const isCut = text.length > max || escaped.length > max;
  return (isCut ? `${escaped.slice(0, max)}…` : escaped).toWellFormed();
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(character: string): string {
  const hex = character.charCodeAt(0).toString(16);
  return (
    NAMED[character] ??
    (hex.length > 2 ? `\\u${hex.padStart(4, '0')}` : `\\x${hex.padStart(2, '0')}`)
  );
}
