import { hash } from 'node:crypto';
import type { AnyRequest } from '../../nest/request.js';
import { refusedToken } from '../../tokens/token-refusal.js';
import type { ClientCertificates } from '../guard/proof-of-possession.js';
import { connectionsCertificate, proxysCertificate } from './client-certificate.js';
import type { MutualTlsSettings } from './mutual-tls.settings.js';

/**
 * Verifies that who sends a certificate-bound token is who it was issued to (RFC 8705 §3): that they
 * hold the key, TLS made sure of.
 *
 * @internal
 */
export class CertificateVerifier implements ClientCertificates {
  constructor(private readonly settings: MutualTlsSettings) {}

  check(request: AnyRequest, thumbprint: unknown): void {
    const { proxy } = this.settings;
    const certificate = proxy ? proxysCertificate(request, proxy) : connectionsCertificate(request);
    if (certificate === undefined) {
      throw refusedToken('invalid', 'bound to a certificate, sent without one');
    }
    // RFC 8705 §3.1: of the DER encoding
    if (hash('sha256', certificate, 'base64url') !== thumbprint) {
      throw refusedToken('invalid', 'bound to another certificate than that of the client');
    }
  }
}
