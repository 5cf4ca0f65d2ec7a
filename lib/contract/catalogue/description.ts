/** Longest description that leaves the server, in UTF-16 code units. @internal */
export const MAX_DESCRIPTION_LENGTH = 500;

// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;

/**
 * Text as a description may carry it: control characters become a space, lone surrogates U+FFFD,
 * and what is longer than {@link MAX_DESCRIPTION_LENGTH} ends in an ellipsis. `undefined` where
 * nothing readable is left.
 *
 * @internal
 */
export function toDescription(text: unknown): string | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  // Cut before the rest is looked at: a message of 1 MB costs no more than one of 500 characters
  const cut = text.length > MAX_DESCRIPTION_LENGTH;
  const head = cut ? `${text.slice(0, MAX_DESCRIPTION_LENGTH - 1)}…` : text;
  const clean = head.replace(UNSAFE, ' ').toWellFormed().trim();
  return clean === '' || clean === '…' ? undefined : clean;
}
