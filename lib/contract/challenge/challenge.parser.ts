import type { Challenge } from './challenge.js';
import { HeaderScanner } from './header.scanner.js';

const SEPARATORS = /[\s,]*/y;
const EQUALS = /\s*=\s*/y;
/** Up to the end of the list element: `realm=` is a token68, `realm=x` an auth-param. */
const TOKEN68 = /\s+([\w\-.~+/]+=*)(?=\s*(?:,|$))/y;

/**
 * Reads `WWW-Authenticate`, or a header like it, as the challenges that it lists (RFC 9110
 * §11.6.1): one or several in a value, one or several header lines, with auth-params or a token68.
 * Param names come in lower case; of a param given twice, the first counts. What is malformed is
 * skipped up to the next comma, and what can be read is kept. Never throws; takes time linear in the
 * length of the value.
 *
 * @example
 * ```ts
 * parseChallenges(response.headers.get('www-authenticate'));
 * // [{ scheme: 'Bearer', params: { realm: 'bookshelf', error: 'invalid_token' } }]
 * ```
 * @publicApi
 */
export function parseChallenges(value: string | readonly string[] | null | undefined): Challenge[] {
  const lines = [value].flat().filter((line) => typeof line === 'string');
  const scanner = new HeaderScanner(lines.join(','));
  const challenges: Challenge[] = [];
  let params: Record<string, string> | undefined;
  for (let gap = ','; ; gap = '') {
    gap += scanner.take(SEPARATORS);
    if (!scanner.more) {
      return challenges;
    }
    const name = scanner.takeToken();
    if (name && scanner.take(EQUALS)) {
      const found = scanner.takeValue();
      if (found === undefined) {
        scanner.skipElement();
      } else if (params) {
        params[name.toLowerCase()] ??= found;
      }
      // Schemes follow a comma, auth-params also their scheme
    } else if (name && gap.includes(',') && scanner.delimited) {
      const challenge = takeChallenge(name, scanner);
      challenges.push(challenge);
      params = challenge.token68 === undefined ? challenge.params : undefined;
    } else {
      scanner.skipElement();
      // A word may have been meant as a scheme: what follows is not the last challenge's
      params = name ? undefined : params;
    }
  }
}

function takeChallenge(
  scheme: string,
  scanner: HeaderScanner,
): Challenge & { params: Record<string, string> } {
  const token68 = scanner.take(TOKEN68);
  // Without a prototype, or a param named `constructor` would seem to be there
  const params: Record<string, string> = Object.create(null);
  return token68 === undefined ? { scheme, params } : { scheme, params, token68 };
}
