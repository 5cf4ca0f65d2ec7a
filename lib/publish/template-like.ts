const SIGNS: readonly RegExp[] = [
  // {name}, ${name}, {{name}}, <name>, %s, %(name)s, :name
  /\{[^{}]*\}/,
  /<\/?[a-z][^<>]*>/i,
  /%(?:\([^)]*\))?[sdifjo]\b/,
  /(?:^|\s):[a-z]\w*/i,
  // What is left where a value was expected
  /\[object \w+\]|\b(?:undefined|NaN)\b/,
  // What was to be written later
  /\b(?:TODO|FIXME|TBD|XXX)\b|\blorem ipsum\b/i,
  /^[^\p{L}\p{N}]*$/u,
];

/** Whether a description was meant to be filled in, or written. @internal */
export function isTemplateLike(description: string): boolean {
  return SIGNS.some((sign) => sign.test(description));
}
