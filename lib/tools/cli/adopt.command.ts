import { type ApplicationSource, isTaken, readApplication } from './adopt/application.source.js';
import { exceptionFilters } from './adopt/exception.filters.js';
import { fastifyAdapters } from './adopt/fastify.options.js';
import type { Finding } from './adopt/finding.js';
import { foundLibraries } from './adopt/found.libraries.js';
import { handwrittenAnswers } from './adopt/handwritten.answers.js';
import { openApiDocuments } from './adopt/openapi.documents.js';
import { presentExceptions } from './adopt/present.exceptions.js';
import { reportOf } from './adopt/report.js';
import { rootModules } from './adopt/root.modules.js';
import { validationPipes } from './adopt/validation.pipes.js';
import { writeChanges } from './adopt/written.changes.js';

/** What `adopt` is asked for. @internal */
export interface AdoptOptions {
  /** Make the changes that are safe. */
  readonly write?: boolean;
  /** Say it for programs. */
  readonly json?: boolean;
}

/**
 * Says what the application in a folder is to change for the contract, and what its errors will be
 * answered with. Reads its source, and runs nothing of it.
 *
 * @throws UsageError where there is nothing to read, or nothing to read it with.
 * @internal
 */
export function writeAdoption(
  folder: string,
  { write = false, json = false }: AdoptOptions,
  out: (text: string) => void,
): number {
  const application = readApplication(folder);
  const roots = rootModules(application).map((finding) => unlessTaken(application, finding));
  // Without the module there is nothing that could answer, or tell what is answered
  const isByHand = roots.some(({ change }) => !change);
  const others = [...fastifyAdapters(application), ...openApiDocuments(application)];
  const found: readonly Finding[] = [
    ...roots,
    ...others.map((finding) =>
      isByHand ? withoutChange(finding) : unlessTaken(application, finding),
    ),
    ...validationPipes(application),
    ...exceptionFilters(application),
    ...presentExceptions(application),
    ...handwrittenAnswers(application),
    ...foundLibraries(application),
  ];
  if (write) {
    writeChanges(application, found);
  }
  out(json ? `${JSON.stringify(forPrograms(found, write), null, 2)}\n` : reportOf(found, write));
  return 0;
}

/** In a file where the name is something else, another one has to be thought of. */
function unlessTaken(application: ApplicationSource, finding: Finding): Finding {
  const { change, file } = finding;
  return change && isTaken(application, file, change.imports)
    ? {
        ...withoutChange(finding),
        text: `${finding.text} by hand: ${change.imports.name} is something else in this file`,
      }
    : finding;
}

function withoutChange({ change: _byHand, ...finding }: Finding): Finding {
  return finding;
}

function forPrograms(findings: readonly Finding[], write: boolean): object[] {
  return findings.map(({ change, ...finding }) => ({ ...finding, written: write && !!change }));
}
