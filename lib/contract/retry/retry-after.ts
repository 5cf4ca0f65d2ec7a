const DELAY_SECONDS = /^\d{1,15}$/;
/** All three formats of HTTP-date begin with the day's name (RFC 9110 §5.6.7). */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun).+\d\d:\d\d:\d\d/;

/** Headers, by what is asked of them. @internal */
export interface HeaderReader {
  get(name: string): string | null;
}

/**
 * `Retry-After` (RFC 9110 §10.2.3) in seconds. A date counts from the response's own `Date` where
 * that can be read, so that it does not matter whether the clock here is right.
 *
 * @internal
 */
export function readRetryAfter(headers: HeaderReader): number | undefined {
  const value = headers.get('retry-after') ?? '';
  if (DELAY_SECONDS.test(value)) {
    return Number(value);
  }
  const until = parseDate(value);
  if (until === undefined) {
    return undefined;
  }
  const from = parseDate(headers.get('date') ?? '') ?? Date.now();
  return Math.max(0, Math.ceil((until - from) / 1000));
}

function parseDate(value: string): number | undefined {
  // asctime-date names no time zone and means GMT
  const time = HTTP_DATE.test(value) ? Date.parse(`${value.replace(/ GMT$/, '')} GMT`) : NaN;
  return Number.isNaN(time) ? undefined : time;
}
