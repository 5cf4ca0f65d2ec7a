import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import ts from 'typescript';
import { applicationOf, checkOf } from './checked.folder.js';
import { type RandomApplication, randomApplications } from './random.application.js';

const COUNT = 200;
/** The same applications each time; others by `CHECK_SEED`. */
const SEED = Number(process.env['CHECK_SEED'] ?? 1);
const options: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  experimentalDecorators: true,
};

/** One application of each arbitrary, so that each has a name of its own. */
const made: RandomApplication[] = Array.from(
  { length: COUNT },
  (_, index) => fc.sample(randomApplications(`a${index}`), { numRuns: 1, seed: SEED + index })[0]!,
);

async function happens(folder: string): Promise<Record<string, string[]>> {
  for (const { name, source } of made) {
    const { outputText } = ts.transpileModule(source, { compilerOptions: options });
    writeFileSync(join(folder, `${name}.mjs`), outputText);
  }
  const runner = fileURLToPath(new URL('random.runner.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [runner, folder], {
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Record<string, string[]>;
}

test(`${COUNT} random applications throw what check says, no more and no less`, async () => {
  const folder = applicationOf(
    Object.fromEntries(made.map(({ name, source }) => [`${name}.ts`, source])),
  );
  const [{ routes }, happened] = await Promise.all([checkOf(folder), happens(folder)]);
  const told = Object.fromEntries(
    routes.map(({ name, throws }) => [
      name,
      [...new Set(throws.map(({ status, code }) => `${status} ${code}`))].toSorted(),
    ]),
  );
  const different = made.filter(({ name, handlers }) =>
    handlers.some(
      (handler) =>
        told[`Controller_${name}.${handler}`]!.join() !==
        happened[`Controller_${name}.${handler}`]!.join(),
    ),
  );
  const [first] = different;
  const shown = first && {
    source: first.source,
    told: first.handlers.map((handler) => told[`Controller_${first.name}.${handler}`]),
    happened: first.handlers.map((handler) => happened[`Controller_${first.name}.${handler}`]),
  };
  expect({ differences: different.length, shown }).toEqual({ differences: 0, shown: undefined });
  // Else there would be nothing to compare
  expect(Object.values(happened).filter((thrown) => thrown.length > 1).length).toBeGreaterThan(
    COUNT / 2,
  );
}, 120_000);
