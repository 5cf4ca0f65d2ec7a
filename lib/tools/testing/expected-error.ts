import type { ReadResponse } from './response.js';

/** What else is expected of an error, beside its code. @publicApi */
export interface ExpectedApiError {
  /** HTTP status. */
  readonly status?: number;
  /** The description, or what it matches. */
  readonly description?: string | RegExp;
}

/**
 * What keeps a response from being the error that is expected; `undefined` where it is that error.
 *
 * @internal
 */
export function errorFault(
  { status, contentType, body }: ReadResponse,
  code: string | undefined,
  expected: ExpectedApiError,
): string | undefined {
  if (status < 400) {
    return `Expected an error, which has a status from 400 to 599.`;
  }
  const error = parseError(contentType, body);
  if (!error) {
    return 'Expected a body of the contract: JSON with the texts code and description.';
  }
  if (code !== undefined && error.code !== code) {
    return `Expected the code ${code}, but it is ${error.code}.`;
  }
  if (expected.status !== undefined && status !== expected.status) {
    return `Expected the status ${expected.status}, but it is ${status}.`;
  }
  const { description } = expected;
  return description === undefined || matches(error.description, description)
    ? undefined
    : `Expected the description ${String(description)}, but it is ${error.description}`;
}

function parseError(
  contentType: string | undefined,
  body: string,
): { readonly code: string; readonly description: string } | undefined {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(contentType ?? '')) {
    return undefined;
  }
  try {
    const { code, description } = JSON.parse(body) as Record<string, unknown>;
    return typeof code === 'string' && typeof description === 'string'
      ? { code, description }
      : undefined;
  } catch {
    return undefined;
  }
}

function matches(text: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? text === expected : text.search(expected) !== -1;
}
