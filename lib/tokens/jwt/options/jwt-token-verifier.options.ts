import type { AsymmetricAlgorithm, SymmetricAlgorithm } from '../../jws/algorithms.js';
import type { JsonWebKeySet } from '../../jws/key-set.js';

/** Bounds of the cache of verified tokens. @publicApi */
export interface TokenCacheOptions {
  /** How many tokens are kept; the oldest gives way. @defaultValue `5000` */
  readonly maxEntries?: number;
  /**
   * Seconds that a token is believed without being verified again, 60 at most, and never past its
   * `exp`.
   *
   * @defaultValue `60`
   */
  readonly maxAge?: number;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What a claim may be: this value; a text that the pattern fits; an object with at least these members;
 * `null` where it may be absent. A claim that is a list has to hold one of them.
 *
 * @publicApi
 */
export type ClaimValue =
  | string
  | number
  | boolean
  | null
  | RegExp
  | { readonly [member: string]: ClaimValue | readonly ClaimValue[] };

/** Every option of {@link JwtTokenVerifier}, for what is put together piece by piece. @publicApi */
export interface JwtOptions {
  /**
   * The authorization server, or several, as its tokens name it in `iss`: an `https:` URL, or
   * `http:` on a loopback host. Compared character by character (RFC 8725 §3.8, RFC 9068 §4).
   *
   * An issuer of many tenants has a claim in it, in braces: `https://login.example/{tid}/v2.0`
   * takes whichever tenant the claim `tid` names, and needs `jwksUri` or `jwks`. Needed, unless there
   * is a `secret`.
   */
  readonly issuer?: string | readonly string[];
  /**
   * Whether `issuer` and `jwksUri` may be `http:` on any host: inside a private network that nobody
   * else can write to. Who can, makes keys of their own and signs what they like.
   *
   * @defaultValue `false`
   */
  readonly allowInsecureIssuer?: boolean;
  /**
   * Name of this API in `aud`, or several of which a token has to hold one (RFC 9068 §4). Needed,
   * unless there are `clientIds` or a `secret`.
   */
  readonly audience?: string | readonly string[];
  /**
   * Clients whose tokens are taken, in place of an audience or beside it: of each token `client_id`,
   * else `azp`, `cid` or `appid`.
   *
   * @defaultValue those of any client
   */
  readonly clientIds?: string | readonly string[];
  /**
   * Signature algorithms to take.
   *
   * @defaultValue every one of {@link asymmetricAlgorithms}; with a `secret` `['HS256']`
   */
  readonly algorithms?: readonly (AsymmetricAlgorithm | SymmetricAlgorithm)[];
  /**
   * Media type that the header's `typ` has to name, with or without `application/`, or several;
   * `null` for a header without `typ`. `false` takes any. Of these, `'at+jwt'` alone tells an access
   * token from an ID token of the same audience (RFC 9068 §5): with another, `required`, `claims`,
   * `forbidden` or `clientIds` have to. With `'at+jwt'` and no other the token has to have what that
   * type demands: `sub`, `client_id`, `iat` and `jti` (RFC 9068 §2.2).
   *
   * @defaultValue `'at+jwt'` (RFC 9068 §2.1)
   */
  readonly typ?: string | null | false | readonly (string | null)[];
  /** Claims that a token has to have; of a list in the list, one. @defaultValue none */
  readonly required?: readonly (string | readonly string[])[];
  /** Claims that a token must not have, such as `nonce`, which an ID token has. @defaultValue none */
  readonly forbidden?: readonly string[];
  /** What claims have to be: one value, or several of which one. @defaultValue whatever they are */
  readonly claims?: Readonly<Record<string, ClaimValue | readonly ClaimValue[]>>;
  /**
   * The scopes of a token that was verified, from its claims.
   *
   * @defaultValue those of `scope`, else of `scp`, see {@link verifiedToken}
   */
  readonly scopes?: (claims: JsonObject) => readonly string[];
  /**
   * A check of the application's own, of claims whose signature is good. Told the same of the same
   * token for a minute, as the token is believed so long.
   *
   * @returns why the token is refused, for the log; `undefined` where it is good. What it throws is a
   * fault of the application (500)
   * @defaultValue none
   */
  readonly check?: (claims: JsonObject) => string | undefined;
  /** Seconds by which the clocks of issuer and API may differ. @defaultValue `0` */
  readonly clockTolerance?: number;
  /**
   * Where the JWK Set is, in place of discovery: also where the issuer's public name is not the address
   * that it has in this network. Of several issuers, each is believed on its keys.
   */
  readonly jwksUri?: string;
  /** The keys themselves, public ones, in place of any request. Of several issuers, as `jwksUri`. */
  readonly jwks?: JsonWebKeySet;
  /**
   * What issuer and API share, in place of the keys of an issuer: tokens with HMAC (RFC 7518 §3.2), as
   * `@nestjs/jwt` signs them. As many bits as the algorithm's hash has, 256 at least; a text counts as
   * UTF-8.
   */
  readonly secret?: string | Uint8Array;
  /**
   * Whether a token that was verified is believed for a minute, and how many are.
   *
   * @defaultValue `true`
   */
  readonly cache?: boolean | TokenCacheOptions;
}

type Needed<Name extends keyof JwtOptions> = Required<Pick<JwtOptions, Name>>;

/**
 * What {@link JwtTokenVerifier} is told, by hand or by the preset of an issuer: whose tokens to take,
 * and for which API or client; or the secret that they are made with.
 *
 * @publicApi
 */
export type JwtTokenVerifierOptions = JwtOptions &
  ((Needed<'issuer'> & (Needed<'audience'> | Needed<'clientIds'>)) | Needed<'secret'>);
