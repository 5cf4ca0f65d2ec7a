import type { Challenge } from '../../contract/challenge/challenge.js';

/** Params of a challenge by name; the scopes of `scope` in any order, or as an array. @publicApi */
export type ExpectedParams = Readonly<Record<string, string | readonly string[]>>;

/**
 * What keeps challenges from having the one that is expected; `undefined` where one of them is it.
 *
 * @param error - its error code (RFC 6750 §3.1); without one any challenge may be it
 * @internal
 */
export function challengeFault(
  challenges: readonly Challenge[],
  error: string | undefined,
  expected: ExpectedParams,
): string | undefined {
  if (challenges.length === 0) {
    return 'Expected a challenge, but there is none.';
  }
  const candidates = challenges.filter(
    ({ params }) => error === undefined || params['error'] === error,
  );
  if (candidates.length === 0) {
    const errors = challenges.map(({ params }) => params['error'] ?? '(no error)').join(', ');
    return `Expected the error ${error}, but it is ${errors}.`;
  }
  const faults = candidates.map(({ params }) => paramFault(params, expected));
  return faults.includes(undefined) ? undefined : faults[0];
}

function paramFault(params: Challenge['params'], expected: ExpectedParams): string | undefined {
  const wrong = Object.entries(expected).find(([name, value]) => {
    const actual = params[name.toLowerCase()];
    return actual === undefined || !isSame(name, actual, value);
  });
  return (
    wrong &&
    `Expected ${wrong[0]}="${[wrong[1]].flat().join(' ')}", but it is ` +
      `${params[wrong[0].toLowerCase()] ?? '(none)'}.`
  );
}

/** The order of scopes has no meaning (RFC 6749 §3.3). */
function isSame(name: string, actual: string, expected: string | readonly string[]): boolean {
  const text = [expected].flat().join(' ');
  return name.toLowerCase() === 'scope'
    ? actual.split(' ').toSorted().join(' ') === text.split(' ').toSorted().join(' ')
    : actual === text;
}
