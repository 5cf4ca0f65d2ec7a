import type { PublishedCatalogue, PublishedError } from './published-catalogue.js';

/** What a change asks of the version that it is released in (Semantic Versioning 2.0.0). @internal */
export type ChangeLevel = 'major' | 'minor' | 'patch';

/** Worst first. @internal */
export const changeLevels = ['major', 'minor', 'patch'] as const satisfies readonly ChangeLevel[];

/** One change between two catalogues, or two documents. @internal */
export interface CatalogueChange {
  /** `major` where a client written against the old one may fail with the new one. */
  readonly level: ChangeLevel;
  readonly text: string;
}

/** What is promised to callers, as a catalogue or an OpenAPI document says it. @internal */
export interface Promised extends PublishedCatalogue {
  /** What a document tells besides. */
  readonly document?: {
    /** All of them, as `errors` name them. */
    readonly operations: readonly string[];
    readonly headers: readonly PromisedHeaders[];
  };
}

/** The headers of an operation's answers of one status. @internal */
export interface PromisedHeaders {
  /** `GET /v1/books/{isbn}` */
  readonly operation: string;
  readonly status: number;
  /** As the document writes them. */
  readonly names: readonly string[];
}

type Statuses = ReadonlyMap<string, ReadonlySet<number>>;

const NONE: ReadonlySet<number> = new Set();

/**
 * What changed from one to the other, the worst first. A code, an operation or a header that is gone,
 * and a code whose status changed, are what a client may fail with, and so is a new code in a closed
 * set: a document lists the codes of each answer, and what was generated of it knows no other. What is
 * new besides, or said in other words, breaks nothing.
 *
 * @internal
 */
export function diffCatalogues(before: Promised, after: Promised): CatalogueChange[] {
  const isClosed = before.document !== undefined;
  const changes = [
    // A document has no codes but those of its operations
    ...(isClosed
      ? []
      : compare(statusesByCode(before.errors), statusesByCode(after.errors), 'the catalogue')),
    ...compareOperations(before, after, isClosed),
    ...rewordings(before, after),
  ];
  return changeLevels.flatMap((asked) => changes.filter(({ level }) => level === asked));
}

function compareOperations(before: Promised, after: Promised, isClosed: boolean) {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  return [...new Map([...old, ...now])].flatMap(([shape, operation]): CatalogueChange[] => {
    if (!now.has(shape)) {
      return [{ level: 'major', text: `${operation} is gone` }];
    }
    if (!old.has(shape)) {
      return [{ level: 'minor', text: `${operation} is new` }];
    }
    return [
      ...compare(statusesOf(before, shape), statusesOf(after, shape), operation, isClosed),
      ...compareHeaders(headersOf(before, shape), headersOf(after, shape), operation),
    ];
  });
}

/** Codes of one place: lost, found at another status, or new. */
function compare(
  before: Statuses,
  after: Statuses,
  place: string,
  isClosed = false,
): CatalogueChange[] {
  const known = new Set([...before.values()].flatMap((statuses) => [...statuses]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((code): CatalogueChange[] => {
    const [old, now] = [before.get(code) ?? NONE, after.get(code) ?? NONE];
    const lost = [...old].filter((status) => !now.has(status));
    const found = [...now].filter((status) => !old.has(status));
    if (lost.length > 0 && found.length > 0) {
      const text = `${code} of ${place} changed its status from ${lost.join()} to ${found.join()}`;
      return [{ level: 'major', text }];
    }
    return [
      ...lost.map((status) => ({
        level: 'major' as const,
        text: `${status} ${code} is gone from ${place}`,
      })),
      ...found.map((status) =>
        isClosed && known.has(status)
          ? {
              level: 'major' as const,
              text: `${status} ${code} is new in the closed set of ${place}`,
            }
          : { level: 'minor' as const, text: `${status} ${code} is new in ${place}` },
      ),
    ];
  });
}

type Headers = ReadonlyMap<number, ReadonlySet<string>>;

/** Headers of the answers of a status that there was before and is now. */
function compareHeaders(before: Headers, after: Headers, operation: string): CatalogueChange[] {
  return [...before].flatMap(([status, old]): CatalogueChange[] => {
    const now = after.get(status) ?? old;
    const place = `the ${status} of ${operation}`;
    return [
      ...[...old]
        .filter((name) => !now.has(name))
        .map((name) => ({ level: 'major' as const, text: `${name} is gone from ${place}` })),
      ...[...now]
        .filter((name) => !old.has(name))
        .map((name) => ({ level: 'minor' as const, text: `${name} is new in ${place}` })),
    ];
  });
}

function rewordings(before: Promised, after: Promised): CatalogueChange[] {
  return after.errors
    .filter((error) =>
      before.errors.some(
        ({ status, code, description }) =>
          status === error.status && code === error.code && description !== error.description,
      ),
    )
    .map(({ status, code }) => ({
      level: 'patch',
      text: `${status} ${code} is described in other words`,
    }));
}

function statusesOf({ errors }: Promised, shape: string): Statuses {
  return statusesByCode(
    errors.filter(({ operations }) => operations.some((name) => shapeOf(name) === shape)),
  );
}

function statusesByCode(errors: readonly PublishedError[]): Statuses {
  const statuses = new Map<string, Set<number>>();
  for (const { code, status } of errors) {
    statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
  }
  return statuses;
}

function headersOf({ document }: Promised, shape: string): Headers {
  return new Map(
    document?.headers
      .filter(({ operation }) => shapeOf(operation) === shape)
      .map(({ status, names }) => [status, new Set(names)]),
  );
}

/** By their shape. */
function operationsOf({ errors, document }: Promised): Map<string, string> {
  const names = document?.operations ?? errors.flatMap(({ operations }) => operations);
  return new Map(names.map((name) => [shapeOf(name), name]));
}

/** The name of a path parameter is nothing that a caller sends. */
function shapeOf(operation: string): string {
  return operation.replace(/\{[^{}]*\}/g, '{}');
}
