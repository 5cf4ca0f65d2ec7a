import { type Equal, expectType } from './expect.js';

const yes: [Equal<'a', 'a'>, Equal<1 | 2, 2 | 1>] = [true, true];
const no: [Equal<'a', string>, Equal<unknown, never>, Equal<{ a?: 1 }, { a: 1 | undefined }>] = [
  false,
  false,
  false,
];
export const comparisons = [yes, no];

const code: string = 'A';
expectType<string>()(code);
// @ts-expect-error -- a string is not the literal
expectType<'A'>()(code);
// @ts-expect-error -- any is not a string
expectType<string>()(JSON.parse('1'));
