const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  // Combining marks, once letters stand apart from them, and invisible format characters
  [/[\p{M}\p{Cf}]+/gu, ''],
  [/[\u2018-\u201b\u2032]/g, "'"],
  [/[\u201c-\u201f\u00ab\u00bb]/g, '"'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/\u2044/g, '/'],
  [/[\s\p{Cc}]+/gu, ' '],
  [/[^\x20-\x7e]+/gu, '?'],
];

/**
 * Text in printable ASCII: letters lose their accents, typographic characters become their plain
 * ones, white space and control characters a space, each run of anything else a question mark.
 *
 * @internal
 */
export function toAscii(text: string): string {
  let ascii = text.normalize('NFKD');
  for (const [pattern, replacement] of REPLACEMENTS) {
    ascii = ascii.replace(pattern, replacement);
  }
  return ascii.trim();
}
