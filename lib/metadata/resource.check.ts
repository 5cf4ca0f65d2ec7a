import { isTrustworthyUrl } from '../issuer/issuer-url.js';
import type { ResourceOptions } from './resource.js';

/** What every adapter's router takes for itself. */
const PLAIN_PATH = /^[\w\-.~/]*$/;

/**
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function checkResource({ resource, authorizationServers }: ResourceOptions): void {
  demand(
    resource === undefined || isResource(resource),
    'resource',
    'takes the https: URL of the API, http: on a loopback host, without query and fragment ' +
      '(RFC 9728 §1.2), its path of letters, digits, and the characters - . _ ~ and /',
  );
  demand(
    authorizationServers === undefined ||
      (Array.isArray(authorizationServers) &&
        authorizationServers.length > 0 &&
        authorizationServers.every((issuer) => toUrl(issuer) !== undefined)),
    'authorizationServers',
    'takes issuers: https: URLs, or http: on a loopback host',
  );
  demand(
    authorizationServers === undefined || resource !== undefined,
    'resource',
    'is missing, and authorizationServers are part of its metadata; give it the URL of the API',
  );
}

function isResource(value: unknown): boolean {
  const url = toUrl(value);
  return url !== undefined && PLAIN_PATH.test(url.pathname);
}

function toUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || /[?#@]/.test(value) || !URL.canParse(value)) {
    return undefined;
  }
  const url = new URL(value);
  return isTrustworthyUrl(url) ? url : undefined;
}

function demand(met: boolean, option: string, fix: string): void {
  if (!met) {
    throw new TypeError(`ErrorsModule: bearer.${option} ${fix}.`);
  }
}
