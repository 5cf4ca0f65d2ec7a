import { type CatalogueEntry, keyOf } from '../../contract/catalogue/catalogue-entry.js';
import { mayBeRetried } from '../../contract/retry/retryable.js';

/** An operation of the application, and the rows that it can answer with. @internal */
export interface PromisedErrors {
  /**
   * HTTP method, in upper case, or what says the transport: `QUERY`, `MUTATION`, `SUBSCRIPTION`, `WS`,
   * `MESSAGE`, `EVENT`, `GRPC`.
   */
  readonly method: string;
  /**
   * Path as a caller writes it, prefix and version included: `/v1/books/{isbn}`; the name of an
   * operation's field, or the pattern of a message.
   */
  readonly path: string;
  readonly entries: readonly CatalogueEntry[];
}

/** One error as it is published. @internal */
export interface PublishedError extends CatalogueEntry {
  /** The operations that can answer it: `GET /v1/books/{isbn}`, in the application's order. */
  readonly operations: readonly string[];
}

/** The catalogue as it is published: the one content of each of its formats. @internal */
export interface PublishedCatalogue {
  readonly errors: readonly PublishedError[];
}

/**
 * Joins what can be answered with who answers it. A row that only an operation knows is part of it
 * too.
 *
 * @internal
 */
export function publishCatalogue(
  rows: readonly CatalogueEntry[],
  operations: readonly PromisedErrors[],
): PublishedCatalogue {
  const errors = new Map<string, CatalogueEntry & { operations: Set<string> }>();
  const errorOf = (row: CatalogueEntry) => {
    const key = keyOf(row);
    const known = errors.get(key) ?? { ...row, operations: new Set<string>() };
    errors.set(key, known);
    return known;
  };
  rows.forEach(errorOf);
  for (const { method, path, entries } of operations) {
    for (const entry of entries) {
      errorOf(entry).operations.add(`${method} ${path}`);
    }
  }
  return {
    errors: [...errors.values()]
      .toSorted((a, b) => a.status - b.status)
      .map(({ operations: names, ...row }) => ({
        status: row.status,
        code: row.code,
        description: row.description,
        ...(mayBeRetried(row) && { retryable: true as const }),
        operations: [...names],
      })),
  };
}
