/** A constraint, as the database itself lists it. @internal */
export interface DatabaseConstraint {
  readonly kind: 'unique' | 'exclusion' | 'foreign key' | 'check' | 'not null';
  readonly table: string;
  /** What its errors may call it, the most exact first; none where they never name it. */
  readonly names: readonly string[];
  /** Whether the database makes the values itself, so that nobody violates it. */
  readonly isGenerated: boolean;
}

/** Runs a statement of the check, which only reads. @publicApi */
export type ConstraintQuery = (sql: string) => PromiseLike<readonly object[]>;

/** Lists the constraints of one kind of database. @internal */
export type ConstraintLister = (query: ConstraintQuery) => Promise<readonly DatabaseConstraint[]>;

/** A row of the statements here, whose columns are all texts. @internal */
export interface ConstraintRow {
  readonly kind: string;
  readonly tab: string;
  readonly name: string;
  readonly generated: unknown;
}

/** Rows with what they are called by. @internal */
export async function listed(
  query: ConstraintQuery,
  sql: string,
  namesOf: (row: ConstraintRow) => readonly string[],
): Promise<readonly DatabaseConstraint[]> {
  const rows = (await query(sql)) as readonly ConstraintRow[];
  return rows.map((row) => ({
    kind: row.kind as DatabaseConstraint['kind'],
    table: row.tab,
    names: namesOf(row),
    isGenerated: Number(row.generated) === 1,
  }));
}
