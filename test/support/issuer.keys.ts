import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** Algorithms that the issuer of the tests signs with. */
export type IssuerAlgorithm = 'RS256' | 'ES256';

/** Private keys of an issuer, one for each algorithm. */
export type IssuerKeys = Readonly<Record<IssuerAlgorithm, JWK>>;

/** Fresh keys, of key ids that were never there before. */
export async function createIssuerKeys(): Promise<IssuerKeys> {
  const [RS256, ES256] = await Promise.all([createKey('RS256'), createKey('ES256')]);
  return { RS256, ES256 };
}

async function createKey(alg: IssuerAlgorithm): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: randomUUID() };
}

/** What may be published of a private key. */
export function toPublicKey({ kty, kid, alg, use, n, e, crv, x, y }: JWK): JWK {
  return JSON.parse(JSON.stringify({ kty, kid, alg, use, n, e, crv, x, y })) as JWK;
}
