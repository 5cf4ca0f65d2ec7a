import { isError } from '../mapping/is-error.js';
import type { ErrorObserver } from './error.report.js';

type OpenTelemetry = Pick<typeof import('@opentelemetry/api'), 'trace' | 'SpanStatusCode'>;

/**
 * Tells the active span of each error: `error.type` is its code, and what was thrown is recorded
 * (OpenTelemetry semantic conventions for HTTP: a 4xx leaves a server's span status unset).
 *
 * @returns `undefined` where the application has no @opentelemetry/api
 * @internal
 */
export async function openTelemetryObserver(): Promise<ErrorObserver | undefined> {
  const api = await loadApi();
  return (
    api &&
    ((report) => {
      const span = api.trace.getActiveSpan();
      if (!span?.isRecording()) {
        return;
      }
      span.setAttribute('error.type', report.code);
      if (isError(report.thrown)) {
        span.recordException(report.thrown);
      }
      if (report.status >= 500) {
        span.setStatus({ code: api.SpanStatusCode.ERROR });
      }
    })
  );
}

async function loadApi(): Promise<OpenTelemetry | undefined> {
  try {
    return await import('@opentelemetry/api');
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}
