interface MediaRange {
  readonly type: string;
  readonly quality: number;
}

/** RFC 9110 §12.4.2 */
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

/**
 * The representation that an `Accept` header asks for (RFC 9110 §12.5.1): the one of the highest
 * quality, where the most specific range that matches it says how high; of equals the first.
 *
 * @param accept - the header's value; without one anything is acceptable
 * @param offered - media types without parameters, the preferred one first
 * @returns `undefined` where none is acceptable
 * @internal
 */
export function preferredType<Type extends string>(
  accept: string | undefined,
  offered: readonly Type[],
): Type | undefined {
  if (accept === undefined || accept.trim() === '') {
    return offered[0];
  }
  const ranges = accept.split(',').map(toRange);
  const ranked = offered
    .map((type) => ({ type, quality: qualityOf(type, ranges) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return ranked[0]?.type;
}

function toRange(element: string): MediaRange {
  const [type = '', ...params] = element.split(';').map((part) => part.trim().toLowerCase());
  const weight = params.find((param) => param.startsWith('q='));
  const quality = weight?.slice(2) ?? '';
  // A weight that is none is no reason to withhold what the client names
  return { type, quality: WEIGHT.test(quality) ? Number(quality) : 1 };
}

function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const matching = [type, `${type.split('/', 1)[0]}/*`, '*/*'];
  for (const range of matching) {
    const found = ranges.filter((candidate) => candidate.type === range);
    if (found.length > 0) {
      return Math.max(...found.map(({ quality }) => quality));
    }
  }
  return 0;
}
