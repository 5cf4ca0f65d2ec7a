import type { ErrorReport } from './error-observer.js';
import { LoggedError } from './logged-error.js';

/** What is used of a span (@opentelemetry/api 1). */
interface Span {
  isRecording(): boolean;
  setAttribute(name: string, value: string): unknown;
  recordException(exception: Error): unknown;
  setStatus(status: { readonly code: number }): unknown;
}

/** What is used of the API that an SDK registers for the process. */
interface OpenTelemetry {
  readonly context?: { active(): { getValue(key: symbol): unknown } };
}

// Global names, which every copy of @opentelemetry/api 1 registers and asks by: without importing it,
// an application that has not got it misses nothing
const API = Symbol.for('opentelemetry.js.api.1');
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');
const STATUS_ERROR = 2;

/**
 * Tells the active span of a 5xx: its status, as `error.type` its code, and what was thrown. A 4xx is no
 * error of a server's span (OpenTelemetry semantic conventions for HTTP).
 *
 * @internal
 */
export function tellActiveSpan({ code, status, thrown }: ErrorReport): void {
  if (status < 500) {
    return;
  }
  const api = (globalThis as { [API]?: OpenTelemetry })[API];
  const span = api?.context?.active().getValue(SPAN) as Span | undefined;
  if (!span?.isRecording()) {
    return;
  }
  span.setAttribute('error.type', code);
  span.recordException(LoggedError.of(thrown));
  span.setStatus({ code: STATUS_ERROR });
}
