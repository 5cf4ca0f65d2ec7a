import { STATUS_CODES } from 'node:http';
import type { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../catalogue/catalogue-entry.js';
import { contractRows } from '../catalogue/contract-rows.js';
import { toDescription } from '../catalogue/description.js';
import { isErrorCode } from '../catalogue/error-code.js';
import { rowForStatus } from '../catalogue/status-rows.js';
import { ApiException } from '../exceptions/api.exception.js';
import { asHttpError } from './http-shapes.js';

/** What is known of the request in which an error arose. @internal */
export interface ErrorOrigin {
  /** The message that Nest's handler of unknown routes throws for this request. */
  readonly unknownRouteMessage?: string;
  /** Methods that the application serves the path with, where it wants to tell. */
  readonly allowedMethods?: readonly string[];
  /** Whether the client went away before its request was whole: no fault of the server. */
  readonly aborted?: boolean;
  /** Whether a pipe refused the request. */
  readonly rejectedByPipes?: boolean;
}

/**
 * Nest's own exceptions: the generic row of their status, under their `errorCode` where they carry
 * one, with their message where one was given.
 *
 * @internal
 */
export function mapHttpException(exception: HttpException, origin: ErrorOrigin): ApiException {
  if (exception.getStatus() === 404 && exception.message === origin.unknownRouteMessage) {
    return unknownRoute(exception, origin.allowedMethods ?? []);
  }
  const response = bodyOf(exception.getResponse());
  const row = rowFor(exception, response, origin);
  const description = describe(exception, row, response);
  return new ApiException(row, description ?? row.description, { cause: exception });
}

/** RFC 9110 §15.5.6: a 405 names the methods that the resource has. */
function unknownRoute(cause: HttpException, allowed: readonly string[]): ApiException {
  return allowed.length === 0
    ? new ApiException(contractRows.notFound, { cause })
    : new ApiException(rowForStatus(405), { cause, headers: { allow: allowed.join(', ') } });
}

type ResponseBody = Readonly<Record<string, unknown>>;

function bodyOf(response: string | object): ResponseBody {
  return typeof response === 'string' ? { message: response, error: '' } : { ...response };
}

function rowFor(
  exception: HttpException,
  response: ResponseBody,
  origin: ErrorOrigin,
): CatalogueEntry {
  const row = isRefusedParameter(exception, response, origin)
    ? contractRows.invalidParameter
    : rowForStatus(exception.getStatus());
  const code = [(exception as { errorCode?: unknown }).errorCode, response['code']].find(
    isErrorCode,
  );
  return code === undefined ? row : { ...row, code };
}

/** A list of messages is what validation answers with; a pipe that refuses speaks of a parameter. */
function isRefusedParameter(
  exception: HttpException,
  response: ResponseBody,
  origin: ErrorOrigin,
): boolean {
  return (
    exception.getStatus() === 400 &&
    (Array.isArray(response['message']) || origin.rejectedByPipes === true)
  );
}

function describe(
  exception: HttpException,
  row: CatalogueEntry,
  response: ResponseBody,
): string | undefined {
  // Express' errors arrive wrapped: what they quote of the request stays inside
  if (asHttpError(exception.cause)?.readable === false || row.status >= 500) {
    return undefined;
  }
  const { message } = response;
  const text = response['description'] ?? (Array.isArray(message) ? message.join('; ') : message);
  // Without a message of its own an exception says the reason phrase, and has no `error` beside it
  const isDefault = !('error' in response) && text === STATUS_CODES[exception.getStatus()];
  return isDefault ? undefined : toDescription(text);
}
