import { isIPv6 } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { type AnyRequest, headerLines, rawRequest } from '../../nest/request.js';
import type { TrustedProxy } from './mutual-tls.settings.js';

/** RFC 9440 §2.1 (a Byte Sequence), PEM (RFC 7468 §5), and DER in base64: one certificate, no more. */
const FORMS = [
  /^:([A-Za-z\d+/]+={0,2}):$/,
  /^-----BEGIN CERTIFICATE-----([A-Za-z\d+/=\s]+)-----END CERTIFICATE-----\s*$/,
  /^([A-Za-z\d+/]+={0,2})$/,
];

/** The certificate of a connection, in DER. @internal */
export function connectionsCertificate(request: AnyRequest): Buffer | undefined {
  const socket = rawRequest(request).socket as Partial<TLSSocket>;
  // Absent where the connection is none of TLS
  return socket.getPeerX509Certificate?.()?.raw;
}

/**
 * The certificate that a proxy writes, in DER. A header that is there twice is one that the caller
 * wrote too.
 *
 * @internal
 */
export function proxysCertificate(
  request: AnyRequest,
  { header, addresses }: TrustedProxy,
): Buffer | undefined {
  const { remoteAddress = '' } = rawRequest(request).socket;
  const [value, ...others] = headerLines(request, header);
  return value !== undefined &&
    others.length === 0 &&
    remoteAddress !== '' &&
    addresses.check(remoteAddress, isIPv6(remoteAddress) ? 'ipv6' : 'ipv4')
    ? toDer(value)
    : undefined;
}

function toDer(value: string): Buffer | undefined {
  const text = unescaped(value);
  const base64 = FORMS.map((form) => form.exec(text)?.[1]).find((found) => found !== undefined);
  return base64 === undefined ? undefined : Buffer.from(base64, 'base64');
}

function unescaped(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}
