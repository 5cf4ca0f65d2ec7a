/** Whether two types are the same, `any` and `never` told from the rest. */
export type Equal<Left, Right> =
  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- two deferred types are compared
  (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;

/** Does not compile where the type of `value` is any other than `Expected`. */
export function expectType<Expected>(): <Actual>(
  value: Actual,
  ...same: Equal<Actual, Expected> extends true ? [] : [expected: Expected]
) => void {
  return () => undefined;
}
