/** token (RFC 9110 §5.6.2): what an auth scheme and the name of an auth-param are. @internal */
export const TOKEN = /^[\w!#$%&'*+\-.^`|~]+$/;

/** scope-token (RFC 6749 §3.3): NQCHARs, which no quoted-string has to escape. @internal */
export const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** token68 (RFC 9110 §11.2), which is also b64token (RFC 6750 §2.1). @internal */
export const TOKEN68 = /^[\w\-.~+/]+=*$/;
