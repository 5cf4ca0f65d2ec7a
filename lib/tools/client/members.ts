import type { ApiErrorFailure } from './api-error.js';

/** @internal */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The failed parameters, as far as they are some. @internal */
export function readFailures(value: unknown): ApiErrorFailure[] | undefined {
  return Array.isArray(value) ? value.filter(isFailure) : undefined;
}

function isFailure(value: unknown): value is ApiErrorFailure {
  const failure = value as Partial<ApiErrorFailure> | null;
  return (
    isText(failure?.parameter) &&
    isText(failure.rule) &&
    typeof failure.description === 'string' &&
    (failure.in === undefined || typeof failure.in === 'string')
  );
}
