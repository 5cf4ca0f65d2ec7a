import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { IntrospectionTokenVerifier } from '../../../../lib/tokens/introspection/index.js';
import { type DocumentServer, startDocumentServer } from '../../../support/issuer.documents.js';

let server: DocumentServer;
beforeEach(async () => {
  server = await startDocumentServer();
});
afterEach(() => server.close());

const warningsOf = (issuer: string) =>
  new IntrospectionTokenVerifier({
    issuer,
    audience: 'https://api.example.com',
    clientId: 'api',
    clientSecret: 'secret',
  }).warmUp();

test('an issuer that can be asked is nothing to warn of', async () => {
  const metadata = { issuer: server.url, introspection_endpoint: `${server.url}/introspect` };
  server.documents.set('/.well-known/oauth-authorization-server', metadata);
  expect(await warningsOf(server.url)).toEqual([]);
});

test('an issuer that says nothing of introspection, or of another one, is', async () => {
  server.documents.set('/.well-known/oauth-authorization-server', { issuer: server.url });
  server.documents.set('/.well-known/openid-configuration', { issuer: `${server.url}/` });
  const [warning, ...others] = await warningsOf(server.url);
  expect(others).toEqual([]);
  expect(warning).toContain(
    `${server.url} cannot be asked about tokens. Until it can, they are 503`,
  );
  expect(warning).toContain('names no introspection_endpoint that may be used');
  expect(warning).toContain(`not the metadata of ${server.url}, but of ${server.url}/`);
});

test('an issuer that cannot be reached is, with the code of the system', async () => {
  await server.close();
  expect(await warningsOf(server.url)).toEqual([expect.stringMatching(/\(ECONNREFUSED\)$/)]);
});
