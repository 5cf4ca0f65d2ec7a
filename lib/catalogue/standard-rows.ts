import type { CatalogueEntry } from './catalogue-entry.js';

/**
 * The rows for the registered HTTP statuses that the contract has no row for (RFC 9110 §15, RFC
 * 6585, RFC 4918, RFC 7725, RFC 8470): the standard name of the status is the code.
 *
 * @internal
 */
export const standardRows = [
  { status: 402, code: 'PAYMENT_REQUIRED', description: 'Payment is required.' },
  {
    status: 405,
    code: 'METHOD_NOT_ALLOWED',
    description: 'The method is not allowed for this resource.',
  },
  {
    status: 406,
    code: 'NOT_ACCEPTABLE',
    description: 'No representation of the resource is acceptable to the client.',
  },
  {
    status: 407,
    code: 'PROXY_AUTHENTICATION_REQUIRED',
    description: 'The client must authenticate with the proxy.',
  },
  { status: 408, code: 'REQUEST_TIMEOUT', description: 'The request took too long to arrive.' },
  { status: 411, code: 'LENGTH_REQUIRED', description: 'The request has no Content-Length.' },
  {
    status: 412,
    code: 'PRECONDITION_FAILED',
    description: 'A precondition of the request is not met.',
  },
  { status: 413, code: 'PAYLOAD_TOO_LARGE', description: 'The request body is too large.' },
  { status: 414, code: 'URI_TOO_LONG', description: 'The request URL is too long.' },
  {
    status: 415,
    code: 'UNSUPPORTED_MEDIA_TYPE',
    description: 'The media type of the request body is not supported.',
  },
  {
    status: 416,
    code: 'RANGE_NOT_SATISFIABLE',
    description: 'The requested range is not available.',
  },
  {
    status: 417,
    code: 'EXPECTATION_FAILED',
    description: 'The expectation of the request cannot be met.',
  },
  { status: 418, code: 'I_AM_A_TEAPOT', description: 'The server is a teapot.' },
  {
    status: 421,
    code: 'MISDIRECTED_REQUEST',
    description: 'This server does not answer for the requested host.',
  },
  {
    status: 422,
    code: 'UNPROCESSABLE_ENTITY',
    description: 'The request is well-formed but cannot be processed.',
  },
  { status: 423, code: 'LOCKED', description: 'The resource is locked.' },
  {
    status: 424,
    code: 'FAILED_DEPENDENCY',
    description: 'A request that this one depends on failed.',
  },
  { status: 425, code: 'TOO_EARLY', description: 'The request may be a replay and is refused.' },
  {
    status: 426,
    code: 'UPGRADE_REQUIRED',
    description: 'The client must switch to another protocol.',
  },
  {
    status: 428,
    code: 'PRECONDITION_REQUIRED',
    description: 'The request must be conditional.',
  },
  {
    status: 429,
    code: 'TOO_MANY_REQUESTS',
    description: 'The client sent too many requests in a given time.',
  },
  {
    status: 431,
    code: 'REQUEST_HEADER_FIELDS_TOO_LARGE',
    description: 'The request headers are too large.',
  },
  {
    status: 451,
    code: 'UNAVAILABLE_FOR_LEGAL_REASONS',
    description: 'The resource is unavailable for legal reasons.',
  },
  {
    status: 501,
    code: 'NOT_IMPLEMENTED',
    description: 'The server does not support this request.',
  },
  {
    status: 502,
    code: 'BAD_GATEWAY',
    description: 'A server that this one depends on gave an invalid answer.',
  },
  {
    status: 504,
    code: 'GATEWAY_TIMEOUT',
    description: 'A server that this one depends on did not answer in time.',
  },
  {
    status: 505,
    code: 'HTTP_VERSION_NOT_SUPPORTED',
    description: 'The HTTP version of the request is not supported.',
  },
  {
    status: 506,
    code: 'VARIANT_ALSO_NEGOTIATES',
    description: 'Content negotiation of the server is misconfigured.',
  },
  {
    status: 507,
    code: 'INSUFFICIENT_STORAGE',
    description: 'The server has no room to complete the request.',
  },
  {
    status: 508,
    code: 'LOOP_DETECTED',
    description: 'The server found a loop while it processed the request.',
  },
  {
    status: 510,
    code: 'NOT_EXTENDED',
    description: 'The request lacks an extension that the server needs.',
  },
  {
    status: 511,
    code: 'NETWORK_AUTHENTICATION_REQUIRED',
    description: 'The client must authenticate to gain network access.',
  },
] as const satisfies readonly CatalogueEntry[];
