import {
  metadataPath,
  metadataUrl,
} from '../../../../lib/access/resource-metadata/protected-resource.js';
import { resourceMetadata } from '../../../../lib/access/resource-metadata/resource.metadata.js';

// RFC 9728 §3.1
test.each([
  ['https://resource.example.com', '/.well-known/oauth-protected-resource'],
  ['https://resource.example.com/', '/.well-known/oauth-protected-resource'],
  ['https://resource.example.com/resource1', '/.well-known/oauth-protected-resource/resource1'],
  ['https://api.example.com/v1/books', '/.well-known/oauth-protected-resource/v1/books'],
  ['https://api.example.com/v1/', '/.well-known/oauth-protected-resource/v1/'],
])('the metadata of %s are at %s', (resource, path) => {
  expect(metadataPath(resource)).toBe(path);
  expect(metadataUrl(resource)).toBe(new URL(resource).origin + path);
});

test('a member without content is left out', () => {
  const facts = { resource: 'https://api.example.com', formToken: true, dpop: undefined };
  expect(resourceMetadata(facts, [])).toEqual({
    resource: 'https://api.example.com',
    bearer_methods_supported: ['header', 'body'],
  });
});

test('where proofs are required, a form carries no token', () => {
  const dpop = { required: true, algorithms: new Set(['ES256']) };
  expect(
    resourceMetadata({ resource: 'https://api.example.com', formToken: true, dpop }, ['a']),
  ).toEqual({
    resource: 'https://api.example.com',
    scopes_supported: ['a'],
    bearer_methods_supported: ['header'],
    dpop_signing_alg_values_supported: ['ES256'],
    dpop_bound_access_tokens_required: true,
  });
});

test('that certificate-bound tokens are taken is told (RFC 9728 §2)', () => {
  const facts = { resource: 'https://api.example.com', formToken: false, dpop: undefined };
  expect(resourceMetadata({ ...facts, mutualTls: {} }, [])).toEqual({
    resource: 'https://api.example.com',
    bearer_methods_supported: ['header'],
    tls_client_certificate_bound_access_tokens: true,
  });
});
