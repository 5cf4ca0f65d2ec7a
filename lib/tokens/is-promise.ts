/** Whether a verifier has to be waited for. @internal */
export function isPromise<T extends object>(value: T | Promise<T>): value is Promise<T> {
  return typeof (value as Promise<T>).then === 'function';
}
