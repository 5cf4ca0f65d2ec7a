import { createPublicKey } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { type AsymmetricAlgorithm, asymmetricAlgorithms } from '../../lib/tokens/jws/algorithms.js';
import { parseCompactJwt } from '../../lib/tokens/jws/compact-jwt.js';
import { KeySet } from '../../lib/tokens/jws/key-set.js';
import { checkHeader } from '../../lib/tokens/jwt/checks/header.checks.js';
import { type Expected, type Vector, Wycheproof } from './wycheproof.files.js';

/*
 * Project Wycheproof's vectors through this library's own verification: `npm run vectors`, with
 * `WYCHEPROOF` naming a clone where the network has none. They are fetched for the run.
 */

interface SignatureGroup {
  readonly publicKeyPem: string;
  readonly tests: readonly (Vector & { readonly msg: string; readonly sig: string })[];
}

interface JwsGroup {
  readonly comment: string;
  readonly public?: JsonWebKey & { readonly keys?: readonly JsonWebKey[] };
  readonly private?: JsonWebKey & { readonly keys?: readonly JsonWebKey[] };
  readonly tests: readonly (Vector & { readonly jws: string })[];
}

const SIGNATURES: readonly (readonly [AsymmetricAlgorithm, readonly string[]])[] = [
  ...(['256', '384', '512'] as const).map((bits): [AsymmetricAlgorithm, string[]] => [
    `RS${bits}`,
    [2048, 3072, 4096, 8192].map((size) => `rsa_signature_${size}_sha${bits}`),
  ]),
  ['PS256', [2048, 3072, 4096].map((size) => `rsa_pss_${size}_sha256_mgf1_32`)],
  ['PS384', [2048, 4096].map((size) => `rsa_pss_${size}_sha384_mgf1_48`)],
  ['PS512', ['rsa_pss_4096_sha512_mgf1_64']],
  ['ES256', ['ecdsa_secp256r1_sha256_p1363']],
  ['ES384', ['ecdsa_secp384r1_sha384_p1363']],
  ['ES512', ['ecdsa_secp521r1_sha512_p1363']],
  ['EdDSA', ['ed25519']],
  ['Ed25519', ['ed25519']],
];

/** How many vectors of each kind there were, and how many of them were taken. */
type Tally = Record<Expected, { all: number; taken: number }>;

const tally = (): Tally => ({
  valid: { all: 0, taken: 0 },
  acceptable: { all: 0, taken: 0 },
  invalid: { all: 0, taken: 0 },
});

function count(counts: Tally, { result }: Vector, isTaken: boolean): void {
  counts[result].all += 1;
  counts[result].taken += isTaken ? 1 : 0;
}

const rows: Record<string, Tally> = {};
const wycheproof = new Wycheproof();
afterAll(() => {
  wycheproof.remove();
  const lines = Object.entries(rows).map(([name, counts]) =>
    [name, ...Object.values(counts).map(({ taken, all }) => `${taken} of ${all}`)]
      .map((cell, i) => cell.padEnd(i === 0 ? 20 : 12))
      .join(''),
  );
  const sum = Object.values(rows).flatMap((counts) => Object.values(counts).map(({ all }) => all));
  process.stdout.write(
    `Wycheproof ${wycheproof.version}: ${sum.reduce((all, one) => all + one, 0)} vectors\n` +
      `${'taken'.padEnd(20)}${'valid'.padEnd(12)}${'acceptable'.padEnd(12)}invalid\n` +
      `${lines.join('\n')}\n`,
  );
});

/** What was taken, and should not have been, or the other way round. */
function wrongs(vector: Vector, isTaken: boolean): string[] {
  const isRight = vector.result === 'acceptable' || isTaken === (vector.result === 'valid');
  return isRight ? [] : [`${vector.tcId} ${vector.result}: ${vector.comment}`];
}

test.each(SIGNATURES)('%s: valid signatures verify, and no others', async (alg, files) => {
  const counts = tally();
  const wrong: string[] = [];
  for (const group of files.flatMap((name) => wycheproof.read<SignatureGroup>(name).testGroups)) {
    const key = createPublicKey(group.publicKeyPem);
    const keys = new KeySet({ keys: [key.export({ format: 'jwk' })] });
    // Valid, and by a key that no RSA key should be
    const isWeak = key.asymmetricKeyDetails?.publicExponent === 3n;
    for (const vector of group.tests) {
      const message = Buffer.from(vector.msg, 'hex').toString('latin1');
      const signature = Buffer.from(vector.sig, 'hex').toString('base64url');
      // oxlint-disable-next-line no-await-in-loop -- a table
      const outcome = await keys.verify(`${message}.${signature}`, { alg, kid: undefined });
      count(counts, vector, outcome === 'verified');
      const expected = isWeak ? 'invalid' : vector.result;
      wrong.push(...wrongs({ ...vector, result: expected }, outcome === 'verified'));
    }
  }
  rows[alg] = counts;
  expect(wrong).toEqual([]);
});

/** Valid, and not for this verifier, which shares no secrets, and pins a key to the algorithm it names. */
const isForOthers = ({ jws }: { readonly jws: string }, keys: readonly JsonWebKey[]) =>
  keys.every(({ kty, alg }) => kty === 'oct' || (alg !== undefined && alg !== algorithmOf(jws)));

const algorithmOf = (jws: string): unknown =>
  (JSON.parse(Buffer.from(jws.split('.')[0]!, 'base64url').toString()) as { alg?: unknown }).alg;

test.each(['json_web_signature', 'json_web_key', 'json_web_crypto'])('%s', async (name) => {
  const counts = tally();
  const wrong: string[] = [];
  for (const { public: published, private: own, tests } of wycheproof.read<JwsGroup>(name)
    .testGroups) {
    const given = published ?? own!;
    const keys = given.keys ?? [given];
    for (const vector of tests.filter(({ jws }) => jws !== undefined)) {
      // oxlint-disable-next-line no-await-in-loop -- a table
      const isTaken = await isVerified(vector.jws, keys);
      count(counts, vector, isTaken);
      if (isTaken || vector.result !== 'valid' || !isForOthers(vector, keys)) {
        wrong.push(...wrongs(vector, isTaken));
      }
    }
  }
  rows[name] = counts;
  expect(wrong).toEqual([]);
});

/** As `JwtTokenVerifier` does it, but for the payload, which is no claims here. */
async function isVerified(jws: string, keys: readonly JsonWebKey[]): Promise<boolean> {
  const [header = '', payload = '', ...rest] = typeof jws === 'string' ? jws.split('.') : [];
  try {
    parseCompactJwt([header, header, ...rest].join('.'), (reason) => new Error(reason));
    const jwt = parseCompactJwt([header, 'e30', ...rest].join('.'), (reason) => new Error(reason));
    const hint = checkHeader(jwt, { algorithms: new Set(asymmetricAlgorithms), types: false });
    const set = new KeySet({ keys: keys.map(publicPart) });
    return (await set.verify([header, payload, ...rest].join('.'), hint)) === 'verified';
  } catch {
    return false;
  }
}

/** The vectors give both halves of a key. */
function publicPart(jwk: JsonWebKey): JsonWebKey {
  const isPublic = ([name]: [string, unknown]) => !['d', 'p', 'q', 'dp', 'dq', 'qi'].includes(name);
  return Object.fromEntries(Object.entries(jwk).filter(isPublic));
}
