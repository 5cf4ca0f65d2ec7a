import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CoverageData, DeclaredAnswer } from './coverage.data.js';

/** Where processes of a test run leave what they saw, unless told otherwise. @internal */
export const COVERAGE_FOLDER = 'coverage/errors';

const NAME = /^seen-[\w-]+\.json$/;

/** Leaves what one process saw in a file of its own. @internal */
export function saveCoverage(folder: string, data: CoverageData): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `seen-${randomUUID()}.json`), JSON.stringify(data));
}

/**
 * Reads what all of them saw.
 *
 * @throws Error where there is no such folder, nothing in it, or a file of another shape.
 * @internal
 */
export function readCoverage(folder: string): CoverageData[] {
  const names = readdirSync(folder).filter((name) => NAME.test(name));
  if (names.length === 0) {
    throw new Error(`nothing was saved in ${folder}; tests save it with errorCoverage(app).save()`);
  }
  return names.map((name) => parse(join(folder, name)));
}

function parse(path: string): CoverageData {
  const { declared, seen } = (JSON.parse(readFileSync(path, 'utf8')) ??
    {}) as Partial<CoverageData>;
  if (!isAnswers(declared) || !isAnswers(seen)) {
    throw new Error(`${path} is not what errorCoverage(app).save() writes`);
  }
  return { declared, seen };
}

function isAnswers(value: unknown): value is DeclaredAnswer[] {
  return (
    Array.isArray(value) &&
    value.every((answer: Partial<DeclaredAnswer> | null) => {
      const { operation, status, code } = answer ?? {};
      return (
        typeof operation === 'string' && typeof status === 'number' && typeof code === 'string'
      );
    })
  );
}
