import * as common from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import { isApiException } from '../contract/exceptions/api.exception.js';

/** Nest's own exceptions of one status, all but `HttpException` itself. */
const OWN = new Set<unknown>(
  Object.values(common).filter(
    (value) => typeof value === 'function' && value.prototype instanceof common.HttpException,
  ),
);

/**
 * The status of one of Nest's own exceptions, or of a class that extends one. Only Nest's are made to
 * be asked: another's constructor is none of this library's to call.
 *
 * @returns `undefined` for any other class
 * @internal
 */
export function statusOfNestException(type: unknown): number | undefined {
  for (let current = type; typeof current === 'function';) {
    if (OWN.has(current)) {
      return new (current as new () => common.HttpException)().getStatus();
    }
    current = Object.getPrototypeOf(current) as unknown;
  }
  return undefined;
}

/**
 * The status that Nest itself answers with to what is no exception of its own: to errors of
 * http-errors and of Fastify, and, by version, to whatever else has a `statusCode` and a `message`.
 *
 * @returns `undefined` where Nest takes it for an unknown error
 * @internal
 */
export function statusOfHttpError(thrown: unknown): number | undefined {
  const { prototype } = BaseExceptionFilter;
  // `isHttpError` reads nothing of the filter that it is a method of
  const isHttpError: unknown = Reflect.get(prototype, 'isHttpError')?.call(prototype, thrown);
  const status = isHttpError ? (thrown as { statusCode?: unknown }).statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : undefined;
}

/** Whether an exception of Nest's is no error but an answer: a redirection for instance. @internal */
export function isNoError(thrown: unknown): boolean {
  const isNests = thrown instanceof common.HttpException && !isApiException(thrown);
  const status = isNests ? thrown.getStatus() : undefined;
  return Number.isInteger(status) && status! >= 200 && status! < 400;
}
