import { get } from './scenario.js';

const SEEN_TOKENS = 20;

const HELLO = { status: 200, says: '"world"' };
const REFUSED = { status: 401, says: '' };

/** One more request of every contender: what is asked for, and the most it may cost of the guard. */
function scenario(title, request, answer, target) {
  return {
    title,
    contenders: [
      { name: 'ours', on: 'bearer', request, answer },
      { name: 'guard around jose', on: 'joseGuard', request, answer, target },
      {
        name: 'express-oauth2-jwt-bearer',
        on: 'expressOauth2',
        request,
        answer,
        adapters: ['express'],
      },
      { name: 'unprotected', on: 'nest', request, answer: HELLO },
    ],
  };
}

const bearer = (token) => get('/hello', `Bearer ${token}`);

/**
 * Scenarios that differ by the algorithm of the token.
 *
 * @param {import('./issuer.js').Algorithm} alg
 * @param {readonly string[]} tokens more than one server is sent
 */
function signedScenarios(alg, tokens) {
  const seen = tokens.slice(0, SEEN_TOKENS).map(bearer);
  const fresh = (index) => {
    const token = tokens[SEEN_TOKENS + index];
    if (token === undefined) {
      throw new Error('The bench has signed too few tokens.');
    }
    return bearer(token);
  };
  const forged = bearer(withOtherSignature(tokens[0]));
  return [
    scenario(`${alg}, token never seen before`, fresh, HELLO, { express: 1, fastify: 1 }),
    scenario(`${alg}, token seen before`, (index) => seen[index % SEEN_TOKENS], HELLO, {
      express: 0.62,
      fastify: 0.25,
    }),
    scenario(`${alg}, bad signature`, () => forged, REFUSED, { express: 0.9, fastify: 0.9 }),
  ];
}

/** Refusals, beside the guard's own also against what that guard pays for a good token. */
function unsignedScenarios(tokens) {
  const good = {
    name: 'guard around jose, good RS256 token',
    on: 'joseGuard',
    request: (index) => bearer(tokens[index % tokens.length]),
    answer: HELLO,
  };
  return [
    scenario('no token', () => get('/hello'), REFUSED, { express: 0.75, fastify: 0.5 }),
    scenario('garbage for a token', () => bearer('garbage'), REFUSED, { fastify: 0.5 }),
  ].map(({ title, contenders }) => ({ title, contenders: [...contenders, good] }));
}

/** Of the same length and alphabet: what is refused is the signature, not its form. */
function withOtherSignature(token) {
  const at = token.lastIndexOf('.') + 10;
  return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
}

/**
 * @param {import('./issuer.js').Issuer} issuer
 * @param {(group: Omit<import('./scenario.js').Group, 'scenarios'>) => number} countOf requests
 * of one scenario that reach one process
 * @returns {Promise<import('./scenario.js').Group>}
 */
export async function bearerGroup(issuer, countOf) {
  const group = { requests: 150, repeats: 2 };
  const count = SEEN_TOKENS + countOf(group);
  const rs256 = await issuer.tokens('RS256', count);
  return {
    ...group,
    scenarios: [
      ...signedScenarios('RS256', rs256),
      ...signedScenarios('ES256', await issuer.tokens('ES256', count)),
      ...unsignedScenarios(rs256),
    ],
  };
}
