/** Where resources publish their metadata (RFC 9728 §3). */
const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** The part of the bearer options that is about the resource. @internal */
export interface ResourceOptions {
  readonly resource?: string;
  readonly authorizationServers?: readonly string[];
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
