/**
 * One row of the catalogue: what an error is, whatever made it.
 *
 * @typeParam Status - HTTP status code of the answer, 400 to 599.
 * @typeParam Code - the stable, machine-readable error code (UPPER_SNAKE_CASE).
 * @publicApi
 */
export interface CatalogueEntry<Status extends number = number, Code extends string = string> {
  /** HTTP status code of the answer. */
  readonly status: Status;
  /** Stable code for programs; never reworded once published. */
  readonly code: Code;
  /** Sentence for people; what an answer says where the exception says nothing better. */
  readonly description: string;
}
