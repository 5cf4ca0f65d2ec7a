import { readFileSync } from 'node:fs';
import { diffCatalogues } from '../../documents/catalogue/catalogue.diff.js';
import type {
  PublishedCatalogue,
  PublishedError,
} from '../../documents/catalogue/published-catalogue.js';
import { UsageError } from './usage.error.js';

/**
 * Lists what changed between two catalogues, a line each.
 *
 * @returns the exit code: 1 where a change is breaking
 * @throws UsageError where a file is no catalogue.
 * @internal
 */
export function writeDiff(before: string, after: string, out: (text: string) => void): number {
  const changes = diffCatalogues(readCatalogue(before), readCatalogue(after));
  for (const { breaking, text } of changes) {
    out(`${breaking ? 'breaking' : 'harmless'}  ${text}\n`);
  }
  return changes.some(({ breaking }) => breaking) ? 1 : 0;
}

function readCatalogue(path: string): PublishedCatalogue {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
  const { errors } = (content ?? {}) as Partial<PublishedCatalogue>;
  if (!Array.isArray(errors) || !errors.every(isPublishedError)) {
    throw new UsageError(`${path} is no catalogue; write one with: catalogue --format json`);
  }
  return { errors };
}

function isPublishedError(value: unknown): value is PublishedError {
  const { status, code, description, operations } = (value ?? {}) as Partial<PublishedError>;
  return (
    typeof status === 'number' &&
    typeof code === 'string' &&
    typeof description === 'string' &&
    Array.isArray(operations) &&
    operations.every((operation) => typeof operation === 'string')
  );
}
