import { listOf, type OptionReader, that } from '../../contract/options/option-readers.js';
import { isTrustworthyUrl } from '../../tokens/issuer/issuer-url.js';

/** Where resources publish their metadata (RFC 9728 §3). */
const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** What every adapter's router takes for itself. */
const PLAIN_PATH = /^[\w\-.~/]*$/;

/** Reads a resource identifier (RFC 9728 §1.2). @internal */
export const readResource: OptionReader<string> = that<string>(
  'takes the https: URL of the API, http: on a loopback host, without query and fragment ' +
    '(RFC 9728 §1.2), its path of letters, digits, and the characters - . _ ~ and /',
  (given) => {
    const url = toUrl(given);
    return url !== undefined && PLAIN_PATH.test(url.pathname);
  },
);

/** Reads the issuers of a resource (RFC 9728 §2). @internal */
export const readAuthorizationServers: OptionReader<readonly string[]> = listOf<string>(
  'takes issuers: https: URLs, or http: on a loopback host',
  (issuer) => toUrl(issuer) !== undefined,
);

function toUrl(value: unknown): URL | undefined {
  if (typeof value !== 'string' || /[?#@]/.test(value) || !URL.canParse(value)) {
    return undefined;
  }
  const url = new URL(value);
  return isTrustworthyUrl(url) ? url : undefined;
}

/**
 * Path of a resource's metadata: the well-known part goes between host and path, and the slash that
 * is all of a path is dropped (RFC 9728 §3.1).
 *
 * @internal
 */
export function metadataPath(resource: string): string {
  const { pathname } = new URL(resource);
  return WELL_KNOWN + (pathname === '/' ? '' : pathname);
}

/** URL of a resource's metadata. @internal */
export function metadataUrl(resource: string): string {
  return new URL(resource).origin + metadataPath(resource);
}
