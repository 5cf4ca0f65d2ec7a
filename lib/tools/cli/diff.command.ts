import { readFileSync } from 'node:fs';
import {
  type CatalogueChange,
  type ChangeLevel,
  changeLevels,
  diffCatalogues,
  type Promised,
} from '../../documents/catalogue/catalogue.diff.js';
import type { PublishedError } from '../../documents/catalogue/published-catalogue.js';
import { promisedErrors } from '../../documents/openapi/promised-errors.js';
import { UsageError } from './usage.error.js';

/** The formats of what changed, by name. */
const formats: Readonly<Record<string, (changes: readonly CatalogueChange[]) => string>> = {
  text: (changes) => changes.map(({ level, text }) => `${level}  ${text}\n`).join(''),
  json: (changes) => `${JSON.stringify({ level: levelOf(changes), changes }, null, 2)}\n`,
  changelog: toChangelog,
};

/** @internal */
export const diffFormats = Object.keys(formats);

/** With `--exit-code`; 1 and 2 are for what went wrong. */
const exitCodes = { patch: 3, minor: 4, major: 5 } as const satisfies Record<ChangeLevel, number>;

/** Headings of a changelog, by what a change asks of the version. */
const headings = { major: 'Breaking', minor: 'Added', patch: 'Changed' } as const;

/** @internal */
export interface DiffOptions {
  readonly format?: unknown;
  readonly 'exit-code'?: unknown;
}

/**
 * Writes what changed between two catalogues, or two OpenAPI documents.
 *
 * @returns the exit code: 1 where a change is breaking; with `exit-code` the level of all, 0 where
 * nothing changed
 * @throws UsageError where a file is neither, or the two are not of a kind.
 * @internal
 */
export function writeDiff(
  before: string,
  after: string,
  { format = 'text', 'exit-code': byLevel }: DiffOptions,
  out: (text: string) => void,
): number {
  if (!diffFormats.includes(String(format))) {
    throw new UsageError(
      `--format '${String(format)}' is invalid; it takes ${diffFormats.join(', ')}`,
    );
  }
  const [old, now] = [readPromised(before), readPromised(after)];
  if (!old.document !== !now.document) {
    throw new UsageError(
      `${before} and ${after} can't be compared: one is a catalogue, the other an OpenAPI document`,
    );
  }
  const changes = diffCatalogues(old, now);
  out(formats[String(format)]!(changes));
  const level = levelOf(changes);
  return byLevel ? (level ? exitCodes[level] : 0) : Number(level === 'major');
}

/** The worst comes first. */
function levelOf([worst]: readonly CatalogueChange[]): ChangeLevel | undefined {
  return worst?.level;
}

/** A section for each level, as Keep a Changelog has them. */
function toChangelog(changes: readonly CatalogueChange[]): string {
  return changeLevels
    .map((asked) => [asked, changes.filter(({ level }) => level === asked)] as const)
    .filter(([, { length }]) => length > 0)
    .map(
      ([level, some]) =>
        `### ${headings[level]}\n\n${some.map(({ text }) => `- ${text}\n`).join('')}`,
    )
    .join('\n');
}

function readPromised(path: string): Promised {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  }
  const { errors, openapi } = (content ?? {}) as { errors?: unknown; openapi?: unknown };
  if (typeof openapi === 'string') {
    return promisedErrors(content as Record<string, unknown>);
  }
  if (!Array.isArray(errors) || !errors.every(isPublishedError)) {
    throw new UsageError(
      `${path} is neither a catalogue nor an OpenAPI document in JSON; write one with: ` +
        'catalogue --format json, or --format openapi',
    );
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
