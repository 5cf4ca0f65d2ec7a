import { createPublicKey, hash, type KeyObject } from 'node:crypto';
import { type AsymmetricAlgorithm, keyTypeOf } from './algorithms.js';
import { isCanonicalBase64Url } from './base64url.js';
import { isRoca } from './roca.js';

/** RFC 7518 §6.2.2, §6.3.2 and §6.4, RFC 8037 §2. */
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];
/** The members that a thumbprint is made of, in its order (RFC 7638 §3.2, RFC 8037 §2). */
const MEMBERS = {
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
  RSA: ['e', 'kty', 'n'],
} as const;
/** RFC 7518 §3.3 and §3.5; NIST FIPS 186-5 §5.1. */
const MIN_RSA_BITS = 2_048;
const MAX_RSA_BITS = 8_192;
/** Of the longest member that a key of these sizes has. */
const MAX_MEMBER_LENGTH = Math.ceil(MAX_RSA_BITS / 6);
/**
 * Of a coordinate: as long as its curve says, leading zeros and all (RFC 7518 §6.2.1.2, RFC 8037 §2).
 * Node takes others, and one key would have several thumbprints.
 */
const COORDINATE_LENGTHS: Readonly<Record<string, number>> = {
  'P-256': 43,
  'P-384': 64,
  'P-521': 88,
  Ed25519: 43,
};
/** Odd and from 65,537 on (NIST FIPS 186-5 §5.4); larger than this costs each verification more. */
const MIN_EXPONENT = 65_537n;
const MAX_EXPONENT = 2n ** 32n;

type Members = Readonly<Record<string, string>>;

/** A public key as a JWK brings it, its form checked. @internal */
export interface PublicJwk {
  readonly members: Members;
  /** JWK SHA-256 Thumbprint (RFC 7638), in base64url. */
  readonly thumbprint: string;
}

/** Whether a JWK holds what only its owner should have. @internal */
export function isPrivateJwk(jwk: object): boolean {
  return PRIVATE_MEMBERS.some((name) => Object.hasOwn(jwk, name));
}

/**
 * @returns why `jwk` is no public key of that algorithm, or the key
 * @internal
 */
export function readPublicJwk(jwk: unknown, alg: AsymmetricAlgorithm): PublicJwk | string {
  if (typeof jwk !== 'object' || jwk === null || Array.isArray(jwk)) {
    return 'jwk is missing or no object';
  }
  if (isPrivateJwk(jwk)) {
    return 'jwk holds a private or symmetric key';
  }
  const { kty, crv } = keyTypeOf(alg);
  const values = jwk as Readonly<Record<string, unknown>>;
  if (values['kty'] !== kty || (crv !== undefined && values['crv'] !== crv)) {
    return 'jwk is of another type than alg';
  }
  const members: Record<string, string> = {};
  for (const name of MEMBERS[kty]) {
    const value = values[name];
    if (typeof value !== 'string' || !isMember(name, value, crv)) {
      return `jwk has no ${name} that may be used`;
    }
    members[name] = value;
  }
  return { members, thumbprint: hash('sha256', JSON.stringify(members), 'base64url') };
}

/** Where `crv` is a member it was compared; what else is not of a curve is a number of RSA. */
function isMember(name: string, value: string, crv: string | undefined): boolean {
  if (name === 'kty' || name === 'crv') {
    return true;
  }
  const isOfLength =
    crv === undefined
      ? value.length <= MAX_MEMBER_LENGTH
      : value.length === COORDINATE_LENGTHS[crv];
  return isOfLength && isCanonicalBase64Url(value);
}

/**
 * @returns `undefined` where there is no such key, or none of a size to be trusted
 * @internal
 */
export function importPublicJwk({ members }: PublicJwk): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: { ...members }, format: 'jwk' });
    return isSound(key, members) && !isOfSmallOrder(members) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What `e` is 1 of verifies what no private key signed. */
function isSound({ asymmetricKeyDetails: details }: KeyObject, { n }: Members): boolean {
  const { modulusLength: bits, publicExponent: e } = details ?? {};
  if (bits === undefined || e === undefined) {
    return true;
  }
  return (
    bits >= MIN_RSA_BITS &&
    bits <= MAX_RSA_BITS &&
    e >= MIN_EXPONENT &&
    e <= MAX_EXPONENT &&
    e % 2n === 1n &&
    !isRoca(BigInt(`0x${Buffer.from(n!, 'base64url').toString('hex')}`))
  );
}

/**
 * The points of Ed25519 whose order divides 8, as libsodium lists them, the sign bit cleared: with one
 * of them as key, one signature is that of any text (RFC 8032 §5.1.7 leaves this to who uses it).
 */
const SMALL_ORDER_POINTS: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isOfSmallOrder({ kty, x }: Members): boolean {
  if (kty !== 'OKP') {
    return false;
  }
  const point = Buffer.from(x!, 'base64url');
  point[31]! &= 0x7f;
  return SMALL_ORDER_POINTS.has(point.toString('hex'));
}
