import type { PublishedCatalogue, PublishedError } from './published-catalogue.js';

/** One change between two catalogues. @internal */
export interface CatalogueChange {
  /** Whether a client written against the old catalogue may fail with the new one. */
  readonly breaking: boolean;
  readonly text: string;
}

type Promises = ReadonlyMap<string, ReadonlySet<number>>;

const NONE: ReadonlySet<number> = new Set();

/**
 * What changed from one catalogue to another, breaking changes first: a code that is gone, from the
 * catalogue or from what an operation promises, and a code whose status changed. What is new, or
 * said in other words, breaks nothing.
 *
 * @internal
 */
export function diffCatalogues(
  before: PublishedCatalogue,
  after: PublishedCatalogue,
): CatalogueChange[] {
  const changes = [
    ...compare(statusesByCode(before.errors), statusesByCode(after.errors), 'the catalogue'),
    ...compareOperations(before, after),
    ...rewordings(before, after),
  ];
  return [...changes.filter(({ breaking }) => breaking), ...changes.filter((c) => !c.breaking)];
}

function compareOperations(
  before: PublishedCatalogue,
  after: PublishedCatalogue,
): CatalogueChange[] {
  const [old, now] = [operationsOf(before), operationsOf(after)];
  return [...new Map([...old, ...now])].flatMap(([shape, operation]) => {
    if (!now.has(shape)) {
      return [{ breaking: true, text: `${operation} is gone` }];
    }
    if (!old.has(shape)) {
      return [{ breaking: false, text: `${operation} is new` }];
    }
    return compare(promisesOf(before, shape), promisesOf(after, shape), operation);
  });
}

/** Codes of one place: lost, found at another status, or new. */
function compare(before: Promises, after: Promises, place: string): CatalogueChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((code) => {
    const [old, now] = [before.get(code) ?? NONE, after.get(code) ?? NONE];
    const lost = [...old].filter((status) => !now.has(status));
    const found = [...now].filter((status) => !old.has(status));
    if (lost.length > 0 && found.length > 0) {
      const text = `${code} of ${place} changed its status from ${lost.join()} to ${found.join()}`;
      return [{ breaking: true, text }];
    }
    return [
      ...lost.map((status) => ({
        breaking: true,
        text: `${status} ${code} is gone from ${place}`,
      })),
      ...found.map((status) => ({ breaking: false, text: `${status} ${code} is new in ${place}` })),
    ];
  });
}

function rewordings(before: PublishedCatalogue, after: PublishedCatalogue): CatalogueChange[] {
  return after.errors
    .filter((error) =>
      before.errors.some(
        ({ status, code, description }) =>
          status === error.status && code === error.code && description !== error.description,
      ),
    )
    .map(({ status, code }) => ({
      breaking: false,
      text: `${status} ${code} is described in other words`,
    }));
}

function promisesOf({ errors }: PublishedCatalogue, shape: string): Promises {
  return statusesByCode(
    errors.filter(({ operations }) => operations.some((name) => shapeOf(name) === shape)),
  );
}

function statusesByCode(errors: readonly PublishedError[]): Promises {
  const statuses = new Map<string, Set<number>>();
  for (const { code, status } of errors) {
    statuses.set(code, (statuses.get(code) ?? new Set()).add(status));
  }
  return statuses;
}

/** By their shape. */
function operationsOf({ errors }: PublishedCatalogue): Map<string, string> {
  return new Map(
    errors.flatMap(({ operations }) => operations.map((name) => [shapeOf(name), name])),
  );
}

/** The name of a path parameter is nothing that a caller sends. */
function shapeOf(operation: string): string {
  return operation.replace(/\{[^{}]*\}/g, '{}');
}
