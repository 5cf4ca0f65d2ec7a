import { type Answer, mayChallenge } from '../answer.js';
import type { HeaderLine } from '../answer.headers.js';
import type { AnswerSettings } from '../answer.settings.js';
import { exposeHeaders } from './cors.headers.js';

/** The headers of a response, whoever keeps them. Names in lower case. @internal */
export interface HeaderTarget {
  names(): string[];
  get(name: string): unknown;
  set(name: string, value: string | string[]): void;
  remove(name: string): void;
}

/** Headers that described the answer which the handler did not live to give (RFC 9110 §8). */
const STALE = new Set([
  'accept-ranges',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'etag',
  'last-modified',
  'trailer',
  'transfer-encoding',
]);

/** Gives a response the headers of an answer, in place of those of the one that was not given. @internal */
export function writeHeaders(
  target: HeaderTarget,
  answer: Answer,
  contentType: string,
  settings: AnswerSettings,
): void {
  for (const name of target.names()) {
    if (isStale(name, target.get(name), answer)) {
      target.remove(name);
    }
  }
  target.set('content-type', contentType);
  for (const [name, value] of answerHeaders(answer)) {
    target.set(name, value);
  }
  if (answer.status === 401 && target.get('www-authenticate') === undefined) {
    target.set('www-authenticate', toValue(settings.defaultChallenges));
  }
  if (answer.status === 429 && target.get('retry-after') === undefined) {
    const named = namedRetryAfter(target);
    if (named !== undefined) {
      target.set('retry-after', named);
    }
  }
  if (settings.problem) {
    target.set('vary', withAccept(target.get('vary')));
  }
  exposeHeaders(target);
}

/** The headers of an answer; a later one replaces an earlier one. @internal */
export function answerHeaders({
  status,
  requestId,
  headers,
  challenges,
  retryAfter,
}: Answer): HeaderLine[] {
  const lines: HeaderLine[] = [['x-request-id', requestId]];
  const isChallenging = mayChallenge(status);
  if (isChallenging && status !== 400) {
    lines.push(['cache-control', 'no-store']);
  }
  for (const line of headers) {
    if (isChallenging || line[0] !== 'www-authenticate') {
      lines.push(line);
    }
  }
  if (challenges.length > 0) {
    lines.push(['www-authenticate', toValue(challenges)]);
  }
  if (retryAfter !== undefined) {
    lines.push(['retry-after', String(retryAfter)]);
  }
  return lines;
}

function toValue(lines: readonly string[]): string | string[] {
  return lines.length === 1 ? lines[0]! : [...lines];
}

/**
 * A challenge of a guard of the application's own stays where answers have challenges, and how long
 * the answer that was not given may be kept says nothing of this one, unless it is not at all.
 */
function isStale(name: string, value: unknown, { status }: Answer): boolean {
  switch (name) {
    case 'www-authenticate':
      return !mayChallenge(status);
    case 'cache-control':
      return ALLOWS_REUSE.test(String(value)) || !RESTRICTS.test(String(value));
    case 'expires':
      return Date.parse(String(value)) > Date.now();
    default:
      return STALE.has(name);
  }
}

/** RFC 9111 §5.2.2, RFC 5861, RFC 8246 */
const ALLOWS_REUSE = /\b(?:public|immutable|(?:s-)?max-?age=[1-9]|stale-[a-z-]+=)/i;
const RESTRICTS = /\b(?:no-store|no-cache|private|(?:s-)?max-?age=0)/i;

/** RFC 9110 §12.5.5: the representation depends on `Accept`, beside what others said of theirs. */
function withAccept(present: unknown): string {
  const names = [(present as string | string[] | undefined) ?? []].flat().join(', ');
  return /(?:^|,)\s*(?:accept|\*)\s*(?:,|$)/i.test(names)
    ? names
    : [names, 'Accept'].filter((name) => name !== '').join(', ');
}

/** @nestjs/throttler names the header after the limit, where that has a name. */
function namedRetryAfter(target: HeaderTarget): string | undefined {
  const seconds = target
    .names()
    .filter((name) => name.startsWith('retry-after-'))
    .map((name) => Number(target.get(name)))
    .filter((value) => value >= 0);
  return seconds.length > 0 ? String(Math.max(...seconds)) : undefined;
}
