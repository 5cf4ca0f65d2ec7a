import assert from 'node:assert/strict';
import { it } from 'node:test';
import { became } from './api.js';

/** Asserts what each of these becomes: a title, the answer, and what is done. */
export function cells(
  rows: Readonly<Record<string, readonly [string, () => Promise<unknown>]>>,
): void {
  for (const [title, [becomes, act]] of Object.entries(rows)) {
    it(`${title} → ${becomes}`, async () => {
      const { answer, log } = await became(act);
      assert.equal(answer, becomes, log);
    });
  }
}
