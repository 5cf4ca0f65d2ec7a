import { RequestMethod, type Type, VERSION_NEUTRAL, VersioningType } from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';

/** One way to reach a handler. @internal */
export interface RoutePath {
  /** HTTP method in upper case, or ALL. */
  readonly method: string;
  /** Path in the router's syntax, prefix and version included: `/v1/books/:isbn`. */
  readonly path: string;
  /** The same without the global prefix. */
  readonly unprefixed: string;
}

type Version = string | typeof VERSION_NEUTRAL;

/**
 * The paths of a handler, composed as Nest does: prefix, version, module, controller, method, of
 * which each but the prefix may be several.
 *
 * @param modulePath - what `RouterModule` puts before the module's controllers
 * @internal
 */
export function routePaths(
  controller: Type,
  handler: object,
  modulePath: string,
  config: ApplicationConfig | undefined,
): RoutePath[] {
  const method = metadata('method', handler) as RequestMethod | undefined;
  const controllerPaths = pathsOf(controller);
  const methodPaths = pathsOf(handler);
  return uriVersions(controller, handler, config).flatMap((version) =>
    controllerPaths.flatMap((controllerPath) =>
      methodPaths.map((methodPath) => {
        const path = join(modulePath, controllerPath, methodPath);
        const prefix = isExcluded(path, method, config) ? '' : (config?.getGlobalPrefix() ?? '');
        const unprefixed = join(version, path);
        return {
          method: RequestMethod[method ?? RequestMethod.GET],
          path: join(prefix, unprefixed),
          unprefixed,
        };
      }),
    ),
  );
}

function metadata(name: 'path' | 'method' | 'version', host: object): unknown {
  const key = metadataKeys[name];
  return key === undefined ? undefined : Reflect.getMetadata(key, host);
}

function pathsOf(host: object): string[] {
  return [metadata('path', host) ?? ''].flat().map(String);
}

/** The versions that are part of the path; `''` where none is. */
function uriVersions(controller: Type, handler: object, config?: ApplicationConfig): string[] {
  const versioning = config?.getVersioning();
  if (versioning?.type !== VersioningType.URI) {
    return [''];
  }
  const prefix = versioning.prefix === false ? '' : (versioning.prefix ?? 'v');
  const declared =
    metadata('version', handler) ??
    metadata('version', controller) ??
    versioning.defaultVersion ??
    VERSION_NEUTRAL;
  const versions = [declared as Version | Version[]].flat();
  return versions.map((version) => (version === VERSION_NEUTRAL ? '' : prefix + version));
}

function isExcluded(
  path: string,
  method: RequestMethod | undefined,
  config: ApplicationConfig | undefined,
): boolean {
  const { exclude = [] } = config?.getGlobalPrefixOptions() ?? {};
  return exclude.some(
    ({ requestMethod, pathRegex }) =>
      // -1 is how Nest writes "any method" here
      [RequestMethod.ALL, -1, method].includes(requestMethod) && pathRegex.test(path),
  );
}

function join(...parts: readonly string[]): string {
  const path = parts.map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '');
  return `/${path.join('/')}`;
}
