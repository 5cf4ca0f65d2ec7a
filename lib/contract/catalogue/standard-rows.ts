import { type CatalogueEntry, row } from './catalogue-entry.js';

/**
 * The rows for the registered HTTP statuses that the contract has no row for (RFC 9110 §15, RFC
 * 6585, RFC 4918, RFC 7725, RFC 8470): the standard name of the status is the code.
 *
 * @internal
 */
export const standardRows: readonly CatalogueEntry[] = [
  row(402, 'PAYMENT_REQUIRED', 'Payment is required.'),
  row(405, 'METHOD_NOT_ALLOWED', 'The method is not allowed for this resource.'),
  row(406, 'NOT_ACCEPTABLE', 'No representation of the resource is acceptable to the client.'),
  row(407, 'PROXY_AUTHENTICATION_REQUIRED', 'The client must authenticate with the proxy.'),
  row(408, 'REQUEST_TIMEOUT', 'The request took too long to arrive.'),
  row(411, 'LENGTH_REQUIRED', 'The request has no Content-Length.'),
  row(412, 'PRECONDITION_FAILED', 'A precondition of the request is not met.'),
  row(413, 'PAYLOAD_TOO_LARGE', 'The request body is too large.'),
  row(414, 'URI_TOO_LONG', 'The request URL is too long.'),
  row(415, 'UNSUPPORTED_MEDIA_TYPE', 'The media type of the request body is not supported.'),
  row(416, 'RANGE_NOT_SATISFIABLE', 'The requested range is not available.'),
  row(417, 'EXPECTATION_FAILED', 'The expectation of the request cannot be met.'),
  row(418, 'I_AM_A_TEAPOT', 'The server is a teapot.'),
  row(421, 'MISDIRECTED_REQUEST', 'This server does not answer for the requested host.'),
  row(422, 'UNPROCESSABLE_ENTITY', 'The request is well-formed but cannot be processed.'),
  row(423, 'LOCKED', 'The resource is locked.'),
  row(424, 'FAILED_DEPENDENCY', 'A request that this one depends on failed.'),
  row(425, 'TOO_EARLY', 'The request may be a replay and is refused.'),
  row(426, 'UPGRADE_REQUIRED', 'The client must switch to another protocol.'),
  row(428, 'PRECONDITION_REQUIRED', 'The request must be conditional.'),
  row(429, 'TOO_MANY_REQUESTS', 'The client sent too many requests in a given time.'),
  row(431, 'REQUEST_HEADER_FIELDS_TOO_LARGE', 'The request headers are too large.'),
  row(451, 'UNAVAILABLE_FOR_LEGAL_REASONS', 'The resource is unavailable for legal reasons.'),
  row(501, 'NOT_IMPLEMENTED', 'The server does not support this request.'),
  row(502, 'BAD_GATEWAY', 'A server that this one depends on gave an invalid answer.'),
  row(504, 'GATEWAY_TIMEOUT', 'A server that this one depends on did not answer in time.'),
  row(505, 'HTTP_VERSION_NOT_SUPPORTED', 'The HTTP version of the request is not supported.'),
  row(506, 'VARIANT_ALSO_NEGOTIATES', 'Content negotiation of the server is misconfigured.'),
  row(507, 'INSUFFICIENT_STORAGE', 'The server has no room to complete the request.'),
  row(508, 'LOOP_DETECTED', 'The server found a loop while it processed the request.'),
  row(510, 'NOT_EXTENDED', 'The request lacks an extension that the server needs.'),
  row(
    511,
    'NETWORK_AUTHENTICATION_REQUIRED',
    'The client must authenticate to gain network access.',
  ),
];
