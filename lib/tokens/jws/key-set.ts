import type { KeyObject } from 'node:crypto';
import type { AsymmetricAlgorithm } from './algorithms.js';
import { importPublicJwk, readPublicJwk } from './public-jwk.js';
import { isSignedBy } from './signature.js';

/** A JWK Set (RFC 7517 §5): keys as their issuer publishes them. @publicApi */
export interface JsonWebKeySet {
  /** JWKs, with `kty` and what their type has (RFC 7518 §6). */
  readonly keys: readonly object[];
}

/** The part of a header that says which key verifies a signature. @internal */
export interface KeyHint {
  readonly alg: AsymmetricAlgorithm;
  readonly kid: string | undefined;
  /** Who is said to have signed: a key may be of one tenant alone. */
  readonly iss?: unknown;
}

/**
 * What a key set makes of a signature: it verifies, it does not, or the set has no key for it.
 *
 * @internal
 */
export type SignatureOutcome = 'verified' | 'mismatch' | 'no-key';

interface FoundKey {
  readonly key: KeyObject;
  /** The issuer that alone uses it, where the set says so. */
  readonly issuer: string | undefined;
}

/**
 * The keys that an issuer publishes, as of one moment. Each is imported once, when it is first asked
 * for.
 *
 * @internal
 */
export class KeySet {
  private readonly jwks: readonly object[];
  /** Keys found so far, by hint; not more than the set has keys and algorithms. */
  private readonly found = new Map<string, readonly FoundKey[]>();

  /** @throws TypeError where it is no JWK Set (RFC 7517 §5). */
  constructor(jwks: unknown) {
    const { keys } = Object(jwks) as Partial<JsonWebKeySet>;
    const isObject = (key: unknown) =>
      typeof key === 'object' && key !== null && !Array.isArray(key);
    if (!Array.isArray(keys) || !keys.every(isObject)) {
      throw new TypeError('A JWK Set is an object with an array of keys (RFC 7517 §5)');
    }
    this.jwks = keys;
  }

  /** How many keys there are. */
  get size(): number {
    return this.jwks.length;
  }

  /** Verifies a compact JWS, whose header the hint is of, with every key that fits it. */
  async verify(jws: string, hint: KeyHint): Promise<SignatureOutcome> {
    const keys = this.found.get(toId(hint)) ?? this.find(hint);
    for (const { key, issuer } of keys) {
      if (issuer !== undefined && !isOfIssuer(issuer, hint.iss)) {
        continue;
      }
      const signed = isSignedBy(jws, hint.alg, key);
      // oxlint-disable-next-line no-await-in-loop -- mostly one key; the next only if it fails
      if (signed === true || (signed !== false && (await signed))) {
        return 'verified';
      }
    }
    return keys.length > 0 ? 'mismatch' : 'no-key';
  }

  /** One that cannot be imported, or a private one, is as good as none. */
  private find(hint: KeyHint): readonly FoundKey[] {
    const keys = this.jwks
      .filter((jwk) => isFor(jwk, hint))
      .flatMap((jwk) => {
        const read = readPublicJwk(jwk, hint.alg);
        const key = typeof read === 'string' ? undefined : importPublicJwk(read);
        return key ? { key, issuer: issuerOf(jwk) } : [];
      });
    if (keys.length > 0) {
      this.found.set(toId(hint), keys);
    }
    return keys;
  }
}

/** Names what a hint looks for; two hints of one name look for the same keys. @internal */
export function toId({ alg, kid }: KeyHint): string {
  return kid === undefined ? alg : `${alg} ${kid}`;
}

const TENANT = '{tenantid}';

/**
 * Entra ID says of each key whose tokens it signs, with `{tenantid}` where it is any tenant's:
 * https://learn.microsoft.com/entra/identity-platform/access-tokens#validate-tokens
 */
function issuerOf(jwk: object): string | undefined {
  const { issuer } = jwk as { readonly issuer?: unknown };
  return typeof issuer === 'string' && URL.canParse(issuer) ? issuer : undefined;
}

/** `iss` was compared with what the application takes; whose tenant it is, is known. */
function isOfIssuer(issuer: string, iss: unknown): boolean {
  const [before = '', after] = issuer.split(TENANT);
  if (typeof iss !== 'string' || after === undefined) {
    return iss === issuer;
  }
  const tenant = iss.slice(before.length, -after.length || undefined);
  return tenant !== '' && !tenant.includes('/') && `${before}${tenant}${after}` === iss;
}

/** What a key says of itself has to fit (RFC 7517 §4.2 to §4.5); what it does not say fits. */
function isFor(jwk: object, { alg, kid }: KeyHint): boolean {
  const { kid: name, alg: own, use, key_ops: operations } = jwk as Record<string, unknown>;
  return (
    (kid === undefined || name === kid) &&
    (own === undefined || own === alg) &&
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
  );
}
