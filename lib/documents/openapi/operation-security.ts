import type { OpenAPIObject } from '@nestjs/swagger';
import type { RouteAccess } from '../../access/guard/route-access.js';
import type {
  ComponentsObject,
  OperationObject,
  SecurityRequirementObject,
} from './openapi.types.js';

/** Combinations of `@RequireAnyScope()` that are spelt out. */
const MAX_REQUIREMENTS = 16;

type SchemeObject = Exclude<
  NonNullable<ComponentsObject['securitySchemes']>[string],
  { $ref: string }
>;

/**
 * The security schemes that stand for the bearer guard: the application's own where it documents one
 * that issues or carries Bearer tokens, else one named `bearer`; and one named `dpop` where tokens
 * come with a proof of possession (RFC 9449 §7.1).
 *
 * @internal
 */
export class TokenSchemes {
  readonly #name: string;
  readonly #known: SchemeObject | undefined;
  readonly #openapi: string;
  readonly #scopes = new Set<string>();
  readonly #used = new Set<string>();

  /** @param taken - the auth schemes by which tokens are taken: `Bearer`, `DPoP` */
  constructor(
    { components, openapi }: OpenAPIObject,
    private readonly taken: readonly string[],
  ) {
    const [name, scheme] = Object.entries(components?.securitySchemes ?? {}).find(
      (entry): entry is [string, SchemeObject] => isBearer(entry[1]),
    ) ?? ['bearer', undefined];
    this.#name = name;
    this.#known = scheme;
    this.#openapi = openapi;
  }

  /** The requirements of these scopes, where a scheme can have any (OpenAPI 3.0 §4.7.30): one is enough. */
  requirements(scopes: readonly string[]): SecurityRequirementObject[] {
    scopes.forEach((scope) => this.#scopes.add(scope));
    // A scheme that says where tokens come from says nothing of how they are sent
    const isIssuer = this.#known?.type === 'oauth2' || this.#known?.type === 'openIdConnect';
    const named = isIssuer || !this.#openapi.startsWith('3.0') ? [...scopes] : [];
    const requirements = this.taken.map((scheme) => {
      if (scheme === 'Bearer') {
        return { [this.#name]: named };
      }
      return isIssuer ? { [this.#name]: named, dpop: [] } : { dpop: named };
    });
    requirements.flatMap(Object.keys).forEach((name) => this.#used.add(name));
    return requirements;
  }

  /** Adds those that are used, and to the flows of the application's the scopes that they lack. */
  addTo(components: ComponentsObject): ComponentsObject {
    if (this.#used.size === 0) {
      return components;
    }
    const own = this.#used.has(this.#name) && { [this.#name]: this.#completed() };
    const securitySchemes = {
      ...(this.#used.has('dpop') && { dpop: DPOP_SCHEME }),
      ...components.securitySchemes,
      ...own,
    };
    return { ...components, securitySchemes };
  }

  #completed(): SchemeObject {
    const { flows, ...scheme } = this.#known ?? { type: 'http', scheme: 'bearer' };
    if (!flows) {
      return scheme;
    }
    const missing = Object.fromEntries([...this.#scopes].map((scope) => [scope, '']));
    const completed = Object.entries(flows as Record<string, { scopes?: object }>).map(
      ([name, flow]) => [name, { ...flow, scopes: { ...missing, ...flow.scopes } }],
    );
    return { ...scheme, flows: Object.fromEntries(completed) };
  }
}

const DPOP_SCHEME: SchemeObject = {
  type: 'http',
  scheme: 'DPoP',
  description: 'A token that is bound to a key, with a proof in the header DPoP (RFC 9449 §7.1).',
};

function isBearer(scheme: object): boolean {
  const { type, scheme: name } = scheme as { type?: string; scheme?: string };
  return (
    type === 'oauth2' ||
    type === 'openIdConnect' ||
    (type === 'http' && name?.toLowerCase() === 'bearer')
  );
}

/**
 * The security requirement of an operation, unless the application gave it one: any of the listed is
 * enough, and an empty one is no token at all (OpenAPI §4.8.10).
 *
 * @internal
 */
export function operationSecurity(
  operation: OperationObject,
  access: RouteAccess | undefined,
  schemes: TokenSchemes,
  global: readonly SecurityRequirementObject[] | undefined,
): Pick<OperationObject, 'security'> {
  if (operation.security) {
    return {};
  }
  if (!access) {
    // Whoever guards it, it is not BearerGuard. Where nothing is said of it, it is open: what is
    // meant by silence (OpenAPI §4.8.10), said so that linters hear it.
    return global?.length ? {} : { security: [] };
  }
  if (access.token === 'none') {
    return { security: [] };
  }
  const requirements = alternatives(access).flatMap((scopes) => schemes.requirements(scopes));
  return { security: access.token === 'optional' ? [{}, ...requirements] : requirements };
}

/** The sets of scopes that pass: all of `scopes`, with one of each of `anyScopes`. */
function alternatives({ scopes, anyScopes }: RouteAccess): string[][] {
  let sets = [[...scopes]];
  for (const choices of anyScopes) {
    sets = sets.flatMap((set) => choices.map((choice) => [...set, choice]));
    if (sets.length > MAX_REQUIREMENTS) {
      return [[...scopes]];
    }
  }
  return sets.map((set) => [...new Set(set)]);
}
