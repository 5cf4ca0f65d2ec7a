import { HttpException } from '@nestjs/common';
import { isError } from '../../contract/exceptions/is-error.js';

/** Nest's exceptions, those of a second copy of @nestjs/common included. @internal */
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
 * Fastify by their shape, whose text may be read. Of anything else with a status it may not: axios,
 * cloud SDKs and drivers carry their upstream's.
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
    return { status, readable: error.expose && !isInward(error) };
  }
  return isFastifyError(error) ? { status, readable: false } : undefined;
}

/**
 * Parsers quote what they could not read: http-errors' `type` marks those of body-parser. An error of
 * the file system, which `send` makes one of, names a path of the server's.
 */
function isInward(error: Error & { type?: unknown; syscall?: unknown }): boolean {
  return (
    error.name === 'SyntaxError' ||
    error.name === 'URIError' ||
    typeof error.type === 'string' ||
    typeof error.syscall === 'string'
  );
}

function isFastifyError(error: Error & { code?: unknown; statusCode?: unknown }): boolean {
  return (
    (typeof error.code === 'string' && error.code.startsWith('FST_')) ||
    // What Fastify's JSON parser throws is a plain SyntaxError with a status
    (error.name === 'SyntaxError' && error.statusCode === 400)
  );
}
