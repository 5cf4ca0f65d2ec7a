import type { ModulesContainer } from '@nestjs/core';

/** What a driver of @nestjs/graphql is given, by what is used of it. */
type Options = Readonly<Record<string, unknown>>;

interface Driver {
  mergeDefaultOptions(options: Options, ...rest: unknown[]): unknown;
}

/** Which driver options are for. @internal */
export type DriverKind = 'apollo' | 'mercurius';

/** DI tokens of @nestjs/graphql, which is no dependency of this package. */
const DRIVER = 'AbstractGraphQLDriver';
const OPTIONS = 'GqlModuleOptions';

/**
 * Completes the options that the drivers of an application start with. What the application gave stays
 * as it is. To be called before modules are initialised.
 *
 * @returns whether it could, of every driver
 * @internal
 */
export function completeDriverOptions(
  modules: ModulesContainer,
  complete: (options: Options, kind: DriverKind) => Options,
): boolean {
  return providersOf(modules, (token) => nameOf(token) === DRIVER)
    .map((driver) => {
      const kind = kindOf(driver);
      const { mergeDefaultOptions } = Object(driver) as Partial<Driver>;
      if (!kind || typeof mergeDefaultOptions !== 'function') {
        return false;
      }
      (driver as Driver).mergeDefaultOptions = (options, ...rest) =>
        mergeDefaultOptions.call(driver as Driver, complete(options, kind), ...rest);
      return true;
    })
    .every(Boolean);
}

/** Whether every schema of an application has guards run in front of the resolvers of fields. @internal */
export function guardsFields(modules: ModulesContainer): boolean {
  return providersOf(modules, (token) => token === OPTIONS).every((options) => {
    const { fieldResolverEnhancers } = Object(options) as { fieldResolverEnhancers?: unknown };
    return Array.isArray(fieldResolverEnhancers) && fieldResolverEnhancers.includes('guards');
  });
}

function providersOf(modules: ModulesContainer, isAsked: (token: unknown) => boolean): unknown[] {
  return [...modules.values()].flatMap(({ providers }) =>
    [...providers.entries()]
      .filter(([token]) => isAsked(token))
      .map(([, { instance }]): unknown => instance),
  );
}

function nameOf(token: unknown): string | undefined {
  return typeof token === 'function' ? token.name : undefined;
}

/** By its class, or one that it extends. */
function kindOf(driver: unknown): DriverKind | undefined {
  let type: unknown = Object(driver).constructor;
  for (; typeof type === 'function' && type.name; type = Object.getPrototypeOf(type)) {
    const [, name] = /^(Apollo|Mercurius)/.exec(type.name) ?? [];
    if (name) {
      return name.toLowerCase() as DriverKind;
    }
  }
  return undefined;
}
