/**
 * One challenge of a `WWW-Authenticate` header as data (RFC 9110 §11.3): an auth scheme with
 * auth-params, or with a token68.
 *
 * @publicApi
 */
export interface Challenge {
  /** Auth scheme, `Bearer` for instance. Case-insensitive when compared (RFC 9110 §11.1). */
  readonly scheme: string;
  /** auth-params by lower-case name, values unquoted. Each name at most once (RFC 9110 §11.2). */
  readonly params: Readonly<Record<string, string>>;
  /** The token68 in place of auth-params, where the scheme uses one (RFC 9110 §11.2). */
  readonly token68?: string;
}
