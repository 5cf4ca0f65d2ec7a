import type { ModulesContainer } from '@nestjs/core';
import { accessRulesOf } from '../bearer/route-access.js';
import { controllersOf } from '../routes/controllers.js';
import type { ResourceOptions } from './resource.js';

/** Ways of sending a token that the metadata tell of. @internal */
export interface MetadataFacts extends ResourceOptions {
  readonly resource: string;
  readonly formToken: boolean;
  /** `undefined` where DPoP is off. */
  readonly dpop:
    { readonly required: boolean; readonly algorithms: ReadonlySet<unknown> } | undefined;
}

/**
 * The metadata document of a resource (RFC 9728 §2). A member without content is left out.
 *
 * @internal
 */
export function resourceMetadata(
  { resource, authorizationServers, formToken, dpop }: MetadataFacts,
  scopes: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    resource,
    ...(authorizationServers && { authorization_servers: authorizationServers }),
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: formToken && !dpop?.required ? ['header', 'body'] : ['header'],
    ...(dpop && {
      dpop_signing_alg_values_supported: [...dpop.algorithms],
      dpop_bound_access_tokens_required: dpop.required,
    }),
  };
}

/** The scopes that the application's decorators name, each once, in the order of its routes. @internal */
export function scopesOf(modules: ModulesContainer): string[] {
  const rules = controllersOf(modules).flatMap(({ controller, handlers }) =>
    [controller, ...handlers].flatMap((host) => accessRulesOf(host)),
  );
  return [...new Set(rules.flatMap(({ scopes = [], anyScope = [] }) => [...scopes, ...anyScope]))];
}
