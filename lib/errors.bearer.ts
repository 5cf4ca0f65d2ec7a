import type { AbstractHttpAdapter, ModulesContainer } from '@nestjs/core';
import { type BearerOptions, DEFAULT_REALM } from './bearer/bearer.options.js';
import { BearerSettings } from './bearer/bearer.settings.js';
import type { Challenge } from './challenge/challenge.js';
import { toDpopSettings } from './dpop/dpop.settings.js';
import { DpopVerifier } from './dpop/dpop.verifier.js';
import type { ApiException } from './exceptions/api.exception.js';
import { InvalidDpopProofException, UseDpopNonceException } from './exceptions/dpop.exceptions.js';
import { serveMetadata } from './metadata/metadata.routes.js';
import { metadataUrl } from './metadata/resource.js';

/** What the guard works with. @internal */
export function toBearerSettings(bearer: BearerOptions = {}): BearerSettings {
  const { formToken = false } = bearer;
  const dpop = toDpopSettings(bearer);
  const schemes = [...(dpop?.required ? [] : ['bearer']), ...(dpop ? ['dpop'] : [])];
  return new BearerSettings(formToken && !dpop?.required, schemes, dpop && new DpopVerifier(dpop));
}

/** Serves the metadata of the resource, where one is named. @internal */
export function serveResource(
  bearer: BearerOptions = {},
  adapter: AbstractHttpAdapter,
  modules: ModulesContainer,
): void {
  const { formToken = false, resource } = bearer;
  if (resource !== undefined) {
    const facts = { ...bearer, resource, formToken, dpop: toDpopSettings(bearer) };
    serveMetadata(adapter, facts, modules);
  }
}

/**
 * A challenge of each auth scheme that is taken. Bearer first, which clients of RFC 6750 look for at
 * the start of the header.
 *
 * @internal
 */
export function toSchemes(bearer: BearerOptions = {}): readonly [Challenge, ...Challenge[]] {
  const { realm = DEFAULT_REALM, resource } = bearer;
  const dpop = toDpopSettings(bearer);
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
export function proofErrors(bearer: BearerOptions = {}): ApiException[] {
  const dpop = toDpopSettings(bearer);
  return [
    ...(dpop ? [new InvalidDpopProofException()] : []),
    ...(dpop?.nonce ? [new UseDpopNonceException('nonce')] : []),
  ];
}
