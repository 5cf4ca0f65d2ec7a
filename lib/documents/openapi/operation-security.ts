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
 * The security scheme that stands for the bearer guard: the application's own where it documents one
 * that issues or carries Bearer tokens, else one named `bearer`.
 *
 * @internal
 */
export class BearerScheme {
  readonly #name: string;
  readonly #known: SchemeObject | undefined;
  readonly #openapi: string;
  readonly #scopes = new Set<string>();
  #used = false;

  constructor({ components, openapi }: OpenAPIObject) {
    const [name, scheme] = Object.entries(components?.securitySchemes ?? {}).find(
      (entry): entry is [string, SchemeObject] => isBearer(entry[1]),
    ) ?? ['bearer', undefined];
    this.#name = name;
    this.#known = scheme;
    this.#openapi = openapi;
  }

  /** A requirement of these scopes, where the scheme can have any (OpenAPI 3.0 §4.7.30). */
  requirement(scopes: readonly string[]): SecurityRequirementObject {
    this.#used = true;
    scopes.forEach((scope) => this.#scopes.add(scope));
    const takesScopes = this.#known?.type === 'oauth2' || this.#known?.type === 'openIdConnect';
    return { [this.#name]: takesScopes || !this.#openapi.startsWith('3.0') ? [...scopes] : [] };
  }

  /** Adds the scheme, and to its flows the scopes that they lack. */
  addTo(components: ComponentsObject): ComponentsObject {
    return this.#used
      ? {
          ...components,
          securitySchemes: { ...components.securitySchemes, [this.#name]: this.#completed() },
        }
      : components;
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
  scheme: BearerScheme,
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
  const requirements = alternatives(access).map((scopes) => scheme.requirement(scopes));
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
