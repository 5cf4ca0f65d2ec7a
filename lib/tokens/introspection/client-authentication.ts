import { randomUUID } from 'node:crypto';
import { signJwt, type SigningKey } from '../jws/signing-key.js';

/** Seconds that an assertion is good for: it is made for one request. */
const ASSERTION_LIFETIME = 60;

/** Adds to a request what shows the authorization server which client it is of. @internal */
export type ClientAuthentication = (
  headers: Headers,
  form: URLSearchParams,
) => void | Promise<void>;

/** RFC 6749 §2.3.1: both parts are form-urlencoded before they are put together. @internal */
export function clientSecretBasic(clientId: string, secret: string): ClientAuthentication {
  const credentials = `${formEncoded(clientId)}:${formEncoded(secret)}`;
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  return (headers) => headers.set('authorization', authorization);
}

/** RFC 6749 §2.3.1. @internal */
export function clientSecretPost(clientId: string, secret: string): ClientAuthentication {
  return (_headers, form) => {
    form.set('client_id', clientId);
    form.set('client_secret', secret);
  };
}

/** RFC 7523 §2.2 and §3, OpenID Connect Core 1.0 §9. @internal */
export function privateKeyJwt(
  clientId: string,
  issuer: string,
  key: SigningKey,
): ClientAuthentication {
  return async (_headers, form) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: clientId, sub: clientId, aud: issuer, jti: randomUUID() };
    const times = { iat: now, exp: now + ASSERTION_LIFETIME };
    form.set('client_id', clientId);
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', await signJwt({ ...claims, ...times }, key));
  };
}

/** RFC 6749 appendix B. */
function formEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}
