import type { HttpException } from '@nestjs/common';
import type { CatalogueEntry } from '../../contract/catalogue/catalogue-entry.js';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import type { ApiExceptionOptions } from '../../contract/exceptions/api-exception.options.js';
import { refusedArgument } from '../../nest/pipes.js';
import type { Translate } from '../../nest/translation.js';
import { i18nException } from '../validation/i18n.reader.js';
import { schemaException } from '../validation/schemas/refused-by-schema.js';
import { ExceptionBody } from './exception.body.js';
import { asHttpError } from './http-shapes.js';
import { passportRefusal } from './passport.refusal.js';

/** What is known of the request in which an error arose. @internal */
export interface ErrorOrigin {
  /** Whether nothing but the handler of unknown routes was there to answer. */
  readonly isUnknownRoute?: boolean;
  /** Whether its path cannot be decoded, and so names nothing. */
  readonly isMalformed?: boolean;
  /** What the framework refused the request with, where Nest made the exception of that. */
  readonly frameworkError?: unknown;
  /** Methods that the application serves the path with, where it wants to tell. */
  readonly allowedMethods?: readonly string[];
  /** Whether the client went away before its request was whole: no fault of the server. */
  readonly isAborted?: boolean;
  /** Whether it is known to be what a pipe refuses a parameter with. */
  readonly isRefusedByPipe?: boolean;
  /** What passport says of the credentials of the request. */
  readonly passportInfo?: unknown;
  /** Translates for the request, where something does. */
  readonly translate?: Translate | undefined;
}

/**
 * Nest's own exceptions: the generic row of their status, under the code that they carry where they
 * carry one, with their message where one was given.
 *
 * @internal
 */
export function mapHttpException(exception: HttpException, origin: ErrorOrigin): ApiException {
  if (exception.getStatus() === 404 && origin.isUnknownRoute === true) {
    return origin.isMalformed === true
      ? new ApiException(contractRows.badRequest, { cause: exception })
      : unknownRoute(exception, origin.allowedMethods ?? []);
  }
  const refused = schemaException(exception) ?? i18nException(exception, origin.translate);
  if (refused) {
    return refused;
  }
  const body = new ExceptionBody(exception);
  const row = rowFor(exception, body, origin);
  const refusal = row.status === 401 ? passportRefusal(origin.passportInfo) : undefined;
  return described(row, describe(exception, row, body, origin) ?? refusal?.description, {
    cause: exception,
    ...(body.healthReport && { members: body.healthReport }),
    ...(refusal && { challenges: refusal.challenges }),
  });
}

/** An exception of a row, with a description of its own where there is one. @internal */
export function described(
  row: CatalogueEntry,
  description: string | undefined,
  options: ApiExceptionOptions,
): ApiException {
  return description === undefined
    ? new ApiException(row, options)
    : new ApiException(row, description, options);
}

/** RFC 9110 §15.5.6: a 405 names the methods that the resource has. */
function unknownRoute(cause: HttpException, allowed: readonly string[]): ApiException {
  return allowed.length === 0
    ? new ApiException(contractRows.notFound, { cause })
    : new ApiException(rowForStatus(405), { cause, headers: { allow: allowed.join(', ') } });
}

function rowFor(
  exception: HttpException,
  body: ExceptionBody,
  origin: ErrorOrigin,
): CatalogueEntry {
  const row = refusedRow(exception, body, origin) ?? rowForStatus(exception.getStatus());
  return body.code === undefined ? row : { ...row, code: body.code };
}

/** A list of messages is what validation answers with; a pipe that refuses speaks of a parameter. */
function refusedRow(
  exception: HttpException,
  body: ExceptionBody,
  origin: ErrorOrigin,
): CatalogueEntry | undefined {
  if (exception.getStatus() !== 400) {
    return undefined;
  }
  const refused = refusedArgument(exception);
  if (refused?.isMissing === true && body.isOfPipe) {
    return contractRows.missingParameter;
  }
  return body.isList || origin.isRefusedByPipe === true || refused
    ? contractRows.invalidParameter
    : undefined;
}

function describe(
  exception: HttpException,
  row: CatalogueEntry,
  body: ExceptionBody,
  origin: ErrorOrigin,
): string | undefined {
  // Express' errors arrive wrapped: what they quote of the request stays inside
  if (
    asHttpError(origin.frameworkError ?? exception.cause)?.readable === false ||
    row.status >= 500
  ) {
    return undefined;
  }
  const { metadata, isMissing } = refusedArgument(exception) ?? {};
  const name = metadata?.data;
  if (name === undefined || !body.isOfPipe) {
    return body.description;
  }
  return isMissing ? `${name} is required.` : `${name}: ${body.description}`;
}
