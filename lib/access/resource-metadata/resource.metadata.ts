import type { RouteTable } from '../../nest/route-table.js';
import type { DpopSettings } from '../dpop/dpop.settings.js';
import { classRules, methodRules } from '../guard/access-rules.js';

/** What the metadata of a resource tell of. @internal */
export interface MetadataFacts {
  readonly resource: string;
  readonly authorizationServers?: readonly string[] | undefined;
  readonly formToken: boolean;
  /** `undefined` where DPoP is off. */
  readonly dpop: Pick<DpopSettings, 'required' | 'algorithms'> | undefined;
  /** `undefined` where no certificates are looked at. */
  readonly mutualTls?: object | undefined;
}

/**
 * The metadata document of a resource (RFC 9728 §2). A member without content is left out.
 *
 * @internal
 */
export function resourceMetadata(
  { resource, authorizationServers, formToken, dpop, mutualTls }: MetadataFacts,
  scopes: readonly string[],
): Readonly<Record<string, unknown>> {
  return {
    resource,
    ...(authorizationServers && { authorization_servers: authorizationServers }),
    ...(scopes.length > 0 && { scopes_supported: scopes }),
    bearer_methods_supported: formToken && !dpop?.required ? ['header', 'body'] : ['header'],
    ...(mutualTls && { tls_client_certificate_bound_access_tokens: true }),
    ...(dpop && {
      dpop_signing_alg_values_supported: [...dpop.algorithms],
      dpop_bound_access_tokens_required: dpop.required,
    }),
  };
}

/** The scopes that the application's decorators name, each once, in the order of its routes. @internal */
export function scopesOf(table: RouteTable): string[] {
  const rules = table.routes.flatMap(({ controller, handler }) => [
    ...classRules(controller),
    ...methodRules(controller, handler),
  ]);
  return [...new Set(rules.flatMap(({ scopes = [], anyScope = [] }) => [...scopes, ...anyScope]))];
}
