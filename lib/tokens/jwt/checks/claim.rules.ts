import type { ClaimValue, JwtOptions } from '../options/jwt-token-verifier.options.js';

type Claims = Readonly<Record<string, unknown>>;

/** What an application demands of claims beside those that every token has. @internal */
export interface ClaimRule {
  /** The claim, or several of which one is. */
  readonly claim: string;
  /** As a sentence goes on: `has to be there`. */
  readonly demand: string;
  readonly holds: (claims: Claims) => boolean;
}

/** Made once for a verifier. @internal */
export function toClaimRules({
  required = [],
  forbidden = [],
  claims = {},
}: Pick<JwtOptions, 'required' | 'forbidden' | 'claims'>): readonly ClaimRule[] {
  return [
    ...forbidden.map((claim) => ({
      claim,
      demand: 'must not be there',
      holds: (found: Claims) => !isPresent(found, claim),
    })),
    ...required.map((given) => {
      const names = [given].flat();
      return {
        claim: names.join(' or '),
        demand: 'has to be there',
        holds: (found: Claims) => names.some((name) => isPresent(found, name)),
      };
    }),
    ...Object.entries(claims).map(([claim, given]) => {
      const values = toValues(given);
      return {
        claim,
        demand: `has to be ${values.map(shown).join(' or ')}`,
        holds: (found: Claims) => values.some((value) => fits(value, ownOf(found, claim))),
      };
    }),
  ];
}

function toValues(given: ClaimValue | readonly ClaimValue[]): readonly ClaimValue[] {
  return Array.isArray(given) ? (given as readonly ClaimValue[]) : [given as ClaimValue];
}

/** Not what every object has by its prototype. */
function ownOf(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}

function isPresent(claims: Claims, name: string): boolean {
  const value = ownOf(claims, name);
  const isEmpty = Array.isArray(value) ? value.length === 0 : value === '' || value === false;
  return value !== undefined && value !== null && !isEmpty;
}

function fits(expected: ClaimValue, value: unknown): boolean {
  if (Array.isArray(value)) {
    return expected !== null && value.some((one) => fitsOne(expected, one));
  }
  return fitsOne(expected, value);
}

function fitsOne(expected: ClaimValue, value: unknown): boolean {
  if (expected === null) {
    return value === undefined || value === null;
  }
  if (expected instanceof RegExp) {
    // Not `test()`, which remembers where it was with the flags `g` and `y`
    return typeof value === 'string' && value.search(expected) !== -1;
  }
  if (typeof expected !== 'object') {
    return value === expected;
  }
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(expected).every(([name, member]) =>
      toValues(member).some((one) => fits(one, ownOf(value as Claims, name))),
    )
  );
}

function shown(value: ClaimValue): string {
  return value === null
    ? 'absent'
    : value instanceof RegExp
      ? String(value)
      : JSON.stringify(value);
}
