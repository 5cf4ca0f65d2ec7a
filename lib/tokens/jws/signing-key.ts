import { type webcrypto } from 'node:crypto';
import type { AsymmetricAlgorithm } from './algorithms.js';

type CryptoKey = webcrypto.CryptoKey;
type SigningParams = { name: string; hash?: string; saltLength?: number };

/** A private key, which says by itself how it signs. @internal */
export interface SigningKey {
  readonly key: CryptoKey;
  readonly alg: AsymmetricAlgorithm;
  readonly params: SigningParams;
  readonly kid: string | undefined;
}

/** The digits of a JWS algorithm, with their hash and its length in bytes (RFC 7518 §3.1). */
const HASHES: Readonly<Record<string, readonly [digits: string, length: number]>> = {
  'SHA-256': ['256', 32],
  'SHA-384': ['384', 48],
  'SHA-512': ['512', 64],
};
const CURVES: Readonly<Record<string, readonly [digits: string, hash: string]>> = {
  'P-256': ['256', 'SHA-256'],
  'P-384': ['384', 'SHA-384'],
  'P-521': ['512', 'SHA-512'],
};

/** @returns `undefined` where it is no private key that signs @internal */
export function toSigningKey(key: CryptoKey, kid: string | undefined): SigningKey | undefined {
  const { type, usages, algorithm } = Object(key) as Partial<CryptoKey>;
  const found = type === 'private' && usages?.includes('sign') ? schemeOf(algorithm!) : undefined;
  return found && { key, kid, alg: found[0] as AsymmetricAlgorithm, params: found[1] };
}

function schemeOf(algorithm: object): readonly [alg: string, params: SigningParams] | undefined {
  const { name, hash, namedCurve } = algorithm as {
    readonly name: string;
    readonly hash?: { readonly name: string };
    readonly namedCurve?: string;
  };
  const [digits, saltLength] = HASHES[hash?.name ?? ''] ?? [];
  const curve = CURVES[namedCurve ?? ''];
  if (name === 'RSASSA-PKCS1-v1_5' && digits) {
    return [`RS${digits}`, { name }];
  }
  if (name === 'RSA-PSS' && digits) {
    return [`PS${digits}`, { name, saltLength: saltLength! }];
  }
  if (name === 'ECDSA' && curve) {
    return [`ES${curve[0]}`, { name, hash: curve[1] }];
  }
  return name === 'Ed25519' ? ['EdDSA', { name }] : undefined;
}

/** The compact serialization of a JWS over claims (RFC 7515 §7.1). @internal */
export async function signJwt(
  claims: Readonly<Record<string, unknown>>,
  { key, alg, params, kid }: SigningKey,
): Promise<string> {
  const header = { alg, ...(kid !== undefined && { kid }) };
  const input = [header, claims].map((part) => toBase64Url(JSON.stringify(part))).join('.');
  const signature = await crypto.subtle.sign(params, key, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

function toBase64Url(text: string): string {
  return Buffer.from(text).toString('base64url');
}
