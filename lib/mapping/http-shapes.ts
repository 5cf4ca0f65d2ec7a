import { HttpException } from '@nestjs/common';
import { isError } from './is-error.js';

/**
 * Nest's exceptions, those of a second copy of @nestjs/common included.
 *
 * @internal
 */
export function isHttpException(thrown: unknown): thrown is HttpException {
  if (thrown instanceof HttpException) {
    return true;
  }
  const like = thrown as Partial<HttpException> | null;
  return (
    isError(thrown) &&
    typeof like?.getStatus === 'function' &&
    typeof like.getResponse === 'function'
  );
}

/**
 * Recognises the errors of http-errors (body-parser, Express, send, CSRF and size limits) and of
 * Fastify by their shape. A `status` alone makes no HTTP error: axios, cloud SDKs and drivers carry
 * their upstream's, which is not this API's answer.
 *
 * @internal
 */
export function asHttpError(thrown: unknown): { status: number; readable: boolean } | undefined {
  if (!isError(thrown)) {
    return undefined;
  }
  const error = thrown as Error & Record<'status' | 'statusCode' | 'expose' | 'type', unknown>;
  const status = error.statusCode;
  if (typeof status !== 'number') {
    return undefined;
  }
  if (typeof error.expose === 'boolean' && error.status === status) {
    return { status, readable: error.expose && !quotesRequest(error) };
  }
  return isFastifyError(error) ? { status, readable: false } : undefined;
}

/** Parsers quote what they could not read: http-errors' `type` marks those of body-parser. */
function quotesRequest(error: Error & { type?: unknown }): boolean {
  return (
    error.name === 'SyntaxError' || error.name === 'URIError' || typeof error.type === 'string'
  );
}

function isFastifyError(error: Error & { code?: unknown; statusCode?: unknown }): boolean {
  return (
    (typeof error.code === 'string' && error.code.startsWith('FST_')) ||
    // What Fastify's JSON parser throws is a plain SyntaxError with a status
    (error.name === 'SyntaxError' && error.statusCode === 400)
  );
}
