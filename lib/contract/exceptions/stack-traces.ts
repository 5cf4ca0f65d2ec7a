/**
 * Suspends stack traces: taking one is most of what an answer to the caller would cost.
 * `Error.stackTraceLimit` may be read-only (frozen intrinsics); traces are then taken as ever.
 *
 * @returns puts the limit back, to be called whatever happens in between
 * @internal
 */
export function suspendStackTraces(): () => void {
  const limit = Error.stackTraceLimit;
  const suspended = limit !== 0 && Reflect.set(Error, 'stackTraceLimit', 0);
  return suspended ? () => void Reflect.set(Error, 'stackTraceLimit', limit) : doNothing;
}

function doNothing(): void {}
