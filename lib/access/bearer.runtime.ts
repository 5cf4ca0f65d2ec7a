import type { Challenge } from '../contract/challenge/challenge.js';
import type { ApiException } from '../contract/exceptions/api.exception.js';
import {
  InvalidDpopProofException,
  UseDpopNonceException,
} from '../contract/exceptions/dpop.exceptions.js';
import type { BearerSettings } from './bearer.settings.js';
import { DpopVerifier } from './dpop/dpop.verifier.js';
import type { GuardRuntime } from './guard/guard.runtime.js';
import { CertificateVerifier } from './mutual-tls/certificate.verifier.js';
import { metadataUrl } from './resource-metadata/protected-resource.js';

/** What the guard works with, but for the verifier. @internal */
export function toGuardRuntime(bearer: BearerSettings): GuardRuntime {
  const { dpop, formToken, mutualTls } = bearer;
  return {
    verifier: undefined,
    loadVerifier: async () => undefined,
    formToken: formToken && !dpop?.required,
    schemes: toSchemes(bearer).map(({ scheme }) => scheme.toLowerCase()),
    possession: dpop && new DpopVerifier(dpop),
    certificates: mutualTls && new CertificateVerifier(mutualTls),
  };
}

/**
 * A challenge of each auth scheme that is taken. Bearer first, which clients of RFC 6750 look for at
 * the start of the header.
 *
 * @internal
 */
export function toSchemes({
  realm,
  resource,
  dpop,
}: BearerSettings): readonly [Challenge, ...Challenge[]] {
  const common = {
    realm,
    ...(resource !== undefined && { resource_metadata: metadataUrl(resource) }),
  };
  const bearerScheme = { scheme: 'Bearer', params: common };
  if (dpop === undefined) {
    return [bearerScheme];
  }
  // RFC 9449 §7.1
  const algs = [...dpop.algorithms].join(' ');
  const dpopScheme = { scheme: 'DPoP', params: { ...common, algs } };
  return dpop.required ? [dpopScheme] : [bearerScheme, dpopScheme];
}

/** What a proof is refused with, as documents show it. @internal */
export function proofErrors({ dpop }: BearerSettings): ApiException[] {
  return [
    ...(dpop ? [new InvalidDpopProofException()] : []),
    ...(dpop?.nonce ? [new UseDpopNonceException('nonce')] : []),
  ];
}
