import type { ParameterFailure } from './api-exception.options.js';

/** The steps to a parameter: `['items', 2, 'price']`. @internal */
export type FailurePath = readonly (string | number)[];

/** The same in every copy of this library: one validates, another may answer. */
const PATH = Symbol.for('nestjs-api-errors:failure-path');

/** Keeps the steps beside the text that is made of them; no body has them. @internal */
export function withPath(failure: ParameterFailure, path: FailurePath): ParameterFailure {
  return Object.defineProperty(failure, PATH, { value: path });
}

/** @returns `undefined` where the application made the failure @internal */
export function pathOf(failure: ParameterFailure): FailurePath | undefined {
  return (failure as { [PATH]?: FailurePath })[PATH];
}
