import type { ComponentsObject } from './openapi.types.js';

type Headers = NonNullable<ComponentsObject['headers']>;

const challenge = 'Why the credentials of the request were refused (RFC 6750 §3).';

/** The headers of errors that say the same everywhere. @internal */
export const sharedHeaders = {
  'X-Request-Id': {
    description:
      'The id under which the request is logged: the one that it was sent with, or one made for it.',
    required: true,
    schema: { type: 'string', maxLength: 128 },
  },
  'WWW-Authenticate': {
    description: challenge,
    schema: { type: 'string' },
    example: 'Bearer realm="api", error="invalid_token"',
  },
  'DPoP-Nonce': {
    description: 'The nonce that the next DPoP proof has to hold (RFC 9449 §8.2).',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description: 'In how many seconds another attempt is worthwhile.',
    schema: { type: 'integer', minimum: 0 },
  },
} as const satisfies Headers;

/** The header of a route that names its scopes. @internal */
export function challengeHeader(example: string): Headers[string] {
  return { description: challenge, schema: { type: 'string' }, example };
}
