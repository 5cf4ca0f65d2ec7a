import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'https://api.example.com';

/** @typedef {'RS256' | 'ES256'} Algorithm */

/**
 * An authorization server as far as a resource server sees one: metadata, keys, tokens (RFC 9068).
 */
export class Issuer {
  #server;
  #keys;

  constructor(server, keys) {
    this.#server = server;
    this.#keys = keys;
    this.url = `http://127.0.0.1:${server.address().port}`;
  }

  static async start() {
    const pairs = await Promise.all(
      ['RS256', 'ES256'].map(async (alg) => [alg, await generateKeyPair(alg)]),
    );
    const keys = await Promise.all(
      pairs.map(async ([alg, { publicKey }]) => ({
        ...(await exportJWK(publicKey)),
        kid: alg,
        alg,
        use: 'sig',
      })),
    );
    const server = createServer((request, response) => {
      const issuer = `http://${request.headers.host}`;
      const body =
        request.url === '/jwks'
          ? { keys }
          : {
              issuer,
              jwks_uri: `${issuer}/jwks`,
              id_token_signing_alg_values_supported: ['RS256', 'ES256'],
            };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Issuer(server, new Map(pairs));
  }

  /**
   * Tokens that differ in `jti` alone.
   *
   * @param {Algorithm} alg
   * @param {number} count
   * @returns {Promise<string[]>}
   */
  tokens(alg, count) {
    return Promise.all(Array.from({ length: count }, () => this.#token(alg)));
  }

  #token(alg) {
    return new SignJWT({ client_id: 'bench', scope: 'books.read books.write' })
      .setProtectedHeader({ alg, kid: alg, typ: 'at+jwt' })
      .setIssuer(this.url)
      .setAudience(AUDIENCE)
      .setSubject('member-4711')
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(this.#keys.get(alg).privateKey);
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
