import { printable } from '../../../contract/text/printable.js';
import { symmetricAlgorithms } from '../../jws/algorithms.js';
import type { CompactJwt } from '../../jws/compact-jwt.js';
import type { RefusalDiagnosis } from '../../token-refusal.js';
import { knownIssuerOf, looksLikeIdToken } from './known-issuers.js';

/** What is wrong with a JWT that may be wrong with all of its kind. @internal */
export type JwtProblem =
  | {
      readonly kind: 'alg' | 'typ' | 'iss' | 'aud' | 'client';
      readonly came: unknown;
      readonly expected: Iterable<unknown>;
    }
  | { readonly kind: 'clock'; readonly claim: string; readonly seconds: number }
  | { readonly kind: 'claim'; readonly claim: string; readonly demand: string }
  | { readonly kind: 'profile'; readonly claim: string }
  | { readonly kind: 'key' | 'signature' };

const MAX_SHOWN = 128;
const MAX_LISTED = 4;
const SECRETS: ReadonlySet<unknown> = new Set(symmetricAlgorithms);

/** Claims that say nothing of a person. */
const HARMLESS: ReadonlySet<string> = new Set(
  'aal aud azp iss role tid token_use typ ver repository repository_owner'.split(' '),
);

/** What every token of this kind is refused for, and what would mend it. @internal */
export function diagnose(jwt: CompactJwt, problem: JwtProblem): RefusalDiagnosis {
  return {
    kind: problem.kind,
    // Made of one in a minute
    get message() {
      return `${describe(jwt, problem)} ${advise(jwt, problem)}`;
    },
  };
}

/** @param reason - why a text is no JWT @internal */
export function diagnoseForm(reason: string): RefusalDiagnosis {
  return {
    kind: 'form',
    message:
      `a token is no JWT that can be read (${reason}). An issuer gives opaque or encrypted tokens to a ` +
      'client that names no API: the client has to ask for the audience of this one. Where they are ' +
      'meant for it, use IntrospectionTokenVerifier.',
  };
}

function describe({ header, claims }: CompactJwt, problem: JwtProblem): string {
  switch (problem.kind) {
    case 'clock':
      return `${problem.claim} is ${problem.seconds} s in the future.`;
    case 'claim':
      return `${problem.claim} ${problem.demand}${cameInstead(claims, problem.claim)}.`;
    case 'profile':
      return `${problem.claim} is missing, which typ "at+jwt" demands (RFC 9068 §2.2).`;
    case 'key':
      return `the issuer ${shown(claims['iss'])} publishes no key ${shown(header['kid'])}.`;
    case 'signature':
      return `the signature of a token of ${shown(claims['iss'])} does not fit its key.`;
    default:
      return `${NAMES[problem.kind]} is ${shown(problem.came)}, expected ${shown([...problem.expected])}.`;
  }
}

const NAMES = { alg: 'alg', typ: 'typ', iss: 'iss', aud: 'aud', client: 'the client' };

function cameInstead(claims: CompactJwt['claims'], claim: string): string {
  const came = claims[claim];
  return HARMLESS.has(claim) && came !== undefined ? `, and is ${shown(came)}` : '';
}

function advise(jwt: CompactJwt, problem: JwtProblem): string {
  const known = knownIssuerOf(jwt);
  const preset = known && `This looks like ${known.name}, use ${known.preset}.`;
  if (problem.kind === 'iss') {
    return adviseIssuer(jwt, [...problem.expected]) ?? preset ?? ADVICE.iss;
  }
  if (looksLikeIdToken(jwt)) {
    return 'It is an ID token, which is for the client; clients send the access token here.';
  }
  if (problem.kind === 'alg' && SECRETS.has(problem.came)) {
    return 'Tokens that are made with a shared secret need the option secret.';
  }
  const hints = new Map(Object.entries(known?.hints ?? {}));
  const hint = hints.get(problem.kind === 'claim' ? problem.claim : problem.kind);
  const isOfPreset = problem.kind === 'typ' || problem.kind === 'profile';
  return (isOfPreset ? preset : hint) ?? ADVICE[problem.kind];
}

/** Where the issuer is nearly right. */
function adviseIssuer(jwt: CompactJwt, expected: readonly unknown[]): string | undefined {
  const bare = (iss: unknown) => (typeof iss === 'string' ? iss.replace(/\/$/, '') : undefined);
  if (expected.some((iss) => bare(iss) === bare(jwt.claims['iss']))) {
    return 'They differ in the slash at the end: write issuer as tokens have it.';
  }
  const known = knownIssuerOf(jwt);
  const isSame = expected.some((iss) => known && knownIssuerOf({ claims: { iss } }) === known);
  return isSame
    ? `Both are ${known!.name}: is it another tenant, project or environment of it?`
    : undefined;
}

const ADVICE: Readonly<Record<JwtProblem['kind'], string>> = {
  iss: 'Where tokens of this issuer are to be taken, add it to issuer.',
  alg: 'Where its issuer signs with it on purpose, add it to algorithms.',
  typ:
    'Where its issuer writes that into access tokens, set typ to it, and say with required, claims or ' +
    'clientIds what an ID token has not.',
  aud:
    'Where that is the name of this API at the issuer, set audience to it; else the client has to ask ' +
    'for a token of this API.',
  client: 'Where tokens of this client are to be taken, add it to clientIds.',
  claim:
    'It is of another kind or place than this API takes: see required, forbidden and claims of the ' +
    'verifier, or the settings of its preset.',
  profile: 'Set typ and required to what the tokens have.',
  clock: 'Set the clocks of issuer and API, or give clockTolerance.',
  key: 'Is it a token of another environment, or are issuer and jwksUri of two issuers?',
  signature: 'Somebody changed it, or made it with another key or secret.',
};

function shown(value: unknown): string {
  if (Array.isArray(value)) {
    const more = value.length > MAX_LISTED ? ` and ${value.length - MAX_LISTED} more` : '';
    const listed = value.slice(0, MAX_LISTED).map(shownOne).join(' or ');
    return `${listed || 'an empty list'}${more}`;
  }
  return shownOne(value);
}

/** No deeper: a token may nest thousands of lists. */
function shownOne(value: unknown): string {
  if (typeof value === 'string') {
    return `"${printable(value, MAX_SHOWN)}"`;
  }
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return value === undefined || value === null
    ? 'none'
    : `an ${Array.isArray(value) ? 'array' : 'object'}`;
}
