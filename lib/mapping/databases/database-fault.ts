/** What a database, its driver or its mapper of objects found wrong. @internal */
export type FaultKind =
  | 'unique'
  | 'foreignKey'
  | 'exclusion'
  | 'rowMissing'
  | 'tooLong'
  | 'outOfRange'
  | 'unreadable'
  /** A transaction was in the way of this one: a deadlock, a lock, a failed serialisation. */
  | 'contention'
  /** An optimistic lock: the row is no longer what was read. */
  | 'stale'
  | 'unavailable'
  | 'timeout'
  /** NOT NULL, CHECK and whatever else only a fault of the application leads to. */
  | 'bug';

/** A fault, in words that no driver has. @internal */
export interface DatabaseFault {
  readonly kind: FaultKind;
  /** The names that an application may know its constraint by, the most exact first. */
  readonly constraints: readonly string[];
}

/** Reads the errors of one database, by what its drivers carry of them. @internal */
export type FaultReader = (error: object) => DatabaseFault | undefined;

/** @internal */
export function fault(
  kind: FaultKind,
  ...constraints: readonly (string | undefined)[]
): DatabaseFault {
  return { kind, constraints: constraints.filter((name) => name !== undefined) };
}

/** A table of kinds, written as lists of codes. @internal */
export function kindsOf<Code>(
  lists: Partial<Record<FaultKind, readonly Code[]>>,
): ReadonlyMap<Code, FaultKind> {
  const entries = Object.entries(lists) as [FaultKind, readonly Code[]][];
  return new Map(entries.flatMap(([kind, codes]) => codes.map((code) => [code, kind])));
}
