/**
 * Certificate-bound tokens (RFC 8705): `ErrorsModule.forRoot({ bearer: { mutualTls: … } })`. Without
 * options the certificate is that of the connection, which the server has to ask for: `requestCert` of
 * Node's `https.createServer()`. It need not be one that the server trusts (RFC 8705 §2.2), only the
 * one that the token is bound to.
 *
 * @publicApi
 */
export interface MutualTlsOptions {
  /**
   * Header in which a proxy that ends TLS hands the client's certificate on, in place of the
   * connection's: `Client-Cert` (RFC 9440), or another with the certificate in PEM, percent-encoded
   * (nginx' `$ssl_client_escaped_cert`, `X-Amzn-Mtls-Clientcert-Leaf`), or DER in base64. The proxy
   * has to take away what callers send under that name.
   */
  readonly header?: string;
  /**
   * Addresses of the proxies that are believed on it, networks such as `10.0.0.0/8` too: a
   * certificate is no secret, and who reaches the API past the proxy could name anybody's. Needed
   * with `header`.
   */
  readonly proxies?: readonly string[];
}
