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
  /**
   * Says that trying again can help where the status does not: such an error is answered with
   * `Retry-After`, 1 second unless the exception says another time. 408, 425, 429, 502, 503 and 504 say
   * it by themselves.
   */
  readonly retryable?: true | undefined;
}

/** A row, its types literal. @internal */
export function row<const Status extends number, const Code extends string>(
  status: Status,
  code: Code,
  description: string,
): CatalogueEntry<Status, Code> {
  return { status, code, description };
}

/** What tells rows apart: two codes of the contract have two statuses. @internal */
export function keyOf({ status, code }: Pick<CatalogueEntry, 'status' | 'code'>): string {
  return `${status} ${code}`;
}
