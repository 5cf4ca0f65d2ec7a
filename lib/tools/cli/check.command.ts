import { checkApplication } from './check/findings.js';
import { ForeignCalls } from './check/foreign.calls.js';
import { ImpliedErrors } from './check/implied.errors.js';
import { Interpreter } from './check/interpreter.js';
import { mappersOf } from './check/mappers.js';
import { readProject } from './check/project.js';
import { type CheckFormat, checkFormats, isWrong, reportOf } from './check/report.js';
import { writeDeclarations } from './check/writer.js';
import { UsageError } from './usage.error.js';

/** What `check` is asked for. @internal */
export interface CheckOptions {
  /** Make `@Throws()` say what is thrown. */
  readonly write?: boolean;
  /** The same as `format: 'json'`. */
  readonly json?: boolean;
  readonly format?: string;
}

/**
 * Compares what the handlers of an application throw with what they declare. Reads its source, and
 * runs nothing of it.
 *
 * @returns the exit code: 1 where something thrown is not declared, or something declared never thrown
 * @throws UsageError where there is nothing to read, or nothing to read it with.
 * @internal
 */
export function writeCheck(
  folder: string,
  { write = false, json = false, format = json ? 'json' : 'stylish' }: CheckOptions,
  out: (text: string) => void,
): number {
  if (!checkFormats.includes(format as CheckFormat)) {
    throw new UsageError(`--format '${format}' is invalid; it takes ${checkFormats.join(', ')}`);
  }
  const project = readProject(folder);
  const foreign = new ForeignCalls();
  const machine = new Interpreter(project, foreign);
  foreign.implied = new ImpliedErrors(mappersOf(machine));
  const checked = checkApplication(machine);
  const result = write
    ? { ...checked, findings: writeDeclarations(machine, checked.findings) }
    : checked;
  out(reportOf(project, result, format as CheckFormat));
  return result.findings.some(isWrong) ? 1 : 0;
}
