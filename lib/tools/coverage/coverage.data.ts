/** An error that an operation declares. @publicApi */
export interface DeclaredAnswer {
  /** Method and path: `GET /books/{isbn}`. */
  readonly operation: string;
  readonly status: number;
  readonly code: string;
}

/** What one process of a test run saw, or all of them. @internal */
export interface CoverageData {
  /** Every pair of an operation and a code that is declared, each once. */
  readonly declared: readonly DeclaredAnswer[];
  /** What operations were seen to answer with, declared or not. */
  readonly seen: readonly DeclaredAnswer[];
}

/**
 * Joins what several processes saw: a pair counts as seen where one of them saw it.
 *
 * @internal
 */
export function mergeCoverage(parts: readonly CoverageData[]): CoverageData {
  return {
    declared: unique(parts.flatMap(({ declared }) => declared)),
    seen: unique(parts.flatMap(({ seen }) => seen)),
  };
}

/** What was declared and not seen. @internal */
export function missingOf({ declared, seen }: CoverageData): DeclaredAnswer[] {
  const keys = new Set(seen.map(keyOf));
  return declared.filter((answer) => !keys.has(keyOf(answer)));
}

/** Share of what is declared that was seen, 0 to 100; 100 where nothing is. @internal */
export function percentOf(data: CoverageData): number {
  const { length } = data.declared;
  return length === 0 ? 100 : 100 * (1 - missingOf(data).length / length);
}

function unique(answers: readonly DeclaredAnswer[]): DeclaredAnswer[] {
  return [...new Map(answers.map((answer) => [keyOf(answer), answer])).values()];
}

function keyOf({ operation, status, code }: DeclaredAnswer): string {
  return `${operation} ${status} ${code}`;
}
