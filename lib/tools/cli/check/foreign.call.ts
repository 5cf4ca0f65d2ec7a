import type ts from 'typescript';
import type { Frame, Value } from './values.js';

/** @internal */
export type AnyCall = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** A call of code that is not read. @internal */
export interface ForeignCall {
  readonly call: AnyCall;
  /** The package; `typescript` for what the language has. */
  readonly package: string | undefined;
  readonly name: string;
  readonly args: readonly Value[];
  readonly receiver: Value;
  readonly frame: Frame;
}

/** @internal */
export function isDeferredType(type: ts.Type): boolean {
  return (
    type.getProperty('then') !== undefined ||
    (type.symbol as ts.Symbol | undefined)?.name === 'Observable' ||
    type.getCallSignatures().length > 0
  );
}
