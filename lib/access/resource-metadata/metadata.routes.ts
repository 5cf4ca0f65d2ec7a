import type { AbstractHttpAdapter } from '@nestjs/core';
import { replyThrough } from '../../nest/adapter-reply.js';
import type { RouteTable } from '../../nest/route-table.js';
import { metadataPath } from './protected-resource.js';
import { type MetadataFacts, resourceMetadata, scopesOf } from './resource.metadata.js';

/** Clients may keep the document for an hour: it changes with a release. */
const CACHE_CONTROL = 'public, max-age=3600';

/** For pages of any origin (Fetch §3.3), without credentials: everybody may read it. */
const CORS = { 'Access-Control-Allow-Origin': '*' };
const PREFLIGHT = {
  ...CORS,
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': '*',
  'Access-Control-Max-Age': '86400',
};

type Handler = (request: unknown, response: unknown) => void;
type Register = (path: string, handler: Handler) => unknown;

/**
 * Serves the metadata of a resource (RFC 9728 §3) beside Nest's routes: at the root whatever the
 * global prefix is, and past every guard, for who reads it has no token yet. Called before routes are
 * registered, so that no wildcard is in its way.
 *
 * @internal
 */
export function serveMetadata(
  adapter: AbstractHttpAdapter,
  facts: MetadataFacts,
  table: RouteTable,
): void {
  const path = metadataPath(facts.resource);
  const { get, options } = adapter as unknown as { get: Register; options: Register };
  let document: Readonly<Record<string, unknown>> | undefined;
  get.call(adapter, path, (_request, response) => {
    // Controllers are all known by the first request
    document ??= resourceMetadata(facts, scopesOf(table));
    replyThrough(adapter, response, 200, { ...CORS, 'Cache-Control': CACHE_CONTROL }, document);
  });
  options.call(adapter, path, (_request, response) => {
    replyThrough(adapter, response, 204, PREFLIGHT);
  });
}
