import { type CatalogueEntry, keyOf } from '../../contract/catalogue/catalogue-entry.js';
import { isErrorCode } from '../../contract/catalogue/error-code.js';
import type { PublishedCatalogue } from './published-catalogue.js';

/** What a catalogue is checked for. @internal */
export interface LintSubject {
  readonly published: PublishedCatalogue;
  /** Rows that this library brings; what is said of others is not said of them. */
  readonly standard: readonly CatalogueEntry[];
  /** Rows that the application defined, in its order, those of one code and status all kept. */
  readonly defined: readonly CatalogueEntry[];
}

type Rule = (subject: LintSubject) => string[];

const rules: readonly Rule[] = [outsideGrammar, severalMeanings, emptyDescriptions, unusedErrors];

/** What is wrong with a catalogue, a line each; none where nothing is. @internal */
export function lintCatalogue(subject: LintSubject): string[] {
  return [...new Set(rules.flatMap((rule) => rule(subject)))];
}

/** The application's own rows: those it defined, and those that only an operation knows. */
function ownRows({ published, standard, defined }: LintSubject): CatalogueEntry[] {
  const known = new Set([...standard, ...defined].map(keyOf));
  return [...defined, ...published.errors.filter((error) => !known.has(keyOf(error)))];
}

function outsideGrammar(subject: LintSubject): string[] {
  return ownRows(subject)
    .filter(({ code }) => !isErrorCode(code))
    .map((row) => `${keyOf(row)}: the code is not UPPER_SNAKE_CASE of at most 64 characters`);
}

function severalMeanings(subject: LintSubject): string[] {
  const rows = [...subject.standard, ...ownRows(subject)];
  return ownRows(subject).flatMap((row) => {
    const others = rows.filter(({ code }) => code === row.code);
    const status = others.find((other) => other.status !== row.status);
    const text = others.find(
      (other) => other.status === row.status && other.description !== row.description,
    );
    return [
      ...(status ? [`${row.code}: has two meanings, ${statusesOf(others)}`] : []),
      ...(text ? [`${keyOf(row)}: has two meanings, ${descriptionsOf(row, others)}`] : []),
    ];
  });
}

function statusesOf(rows: readonly CatalogueEntry[]): string {
  return [...new Set(rows.map(({ status }) => status))].toSorted((a, b) => a - b).join(' and ');
}

function descriptionsOf({ status }: CatalogueEntry, rows: readonly CatalogueEntry[]): string {
  const descriptions = rows
    .filter((row) => row.status === status)
    .map(({ description }) => JSON.stringify(description));
  return [...new Set(descriptions)].join(' and ');
}

function emptyDescriptions(subject: LintSubject): string[] {
  return ownRows(subject)
    .filter(({ code, description }) => ['', code].includes(description.trim()))
    .map((row) => `${keyOf(row)}: the description says nothing`);
}

function unusedErrors({ published, defined }: LintSubject): string[] {
  const used = new Set(
    published.errors.filter(({ operations }) => operations.length > 0).map(keyOf),
  );
  return defined
    .filter((row) => !used.has(keyOf(row)))
    .map((row) => `${keyOf(row)}: is declared by no route`);
}
