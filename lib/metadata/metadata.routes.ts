import type { AbstractHttpAdapter, ModulesContainer } from '@nestjs/core';
import { type MetadataFacts, resourceMetadata, scopesOf } from './resource.metadata.js';
import { metadataPath } from './resource.js';

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

type Handler = (request: unknown, response: unknown) => unknown;
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
  modules: ModulesContainer,
): void {
  const path = metadataPath(facts.resource);
  const { get, options } = adapter as unknown as { get: Register; options: Register };
  let document: Readonly<Record<string, unknown>> | undefined;
  get.call(adapter, path, (_request, response) => {
    // Controllers are all known by the first request
    document ??= resourceMetadata(facts, scopesOf(modules));
    setHeaders(adapter, response, { ...CORS, 'Cache-Control': CACHE_CONTROL });
    return adapter.reply(response, document, 200);
  });
  options.call(adapter, path, (_request, response) => {
    setHeaders(adapter, response, PREFLIGHT);
    return adapter.reply(response, undefined, 204);
  });
}

function setHeaders(
  adapter: AbstractHttpAdapter,
  response: unknown,
  headers: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(headers)) {
    adapter.setHeader(response, name, value);
  }
}
