import type { Answer } from './answer.js';

const COLUMNS = ['request', 'status', 'code', 'description', 'challenge'] as const;

/** The answers in columns, for people. */
export function table(answers: readonly Answer[]): string {
  const rows = answers.map((answer) => COLUMNS.map((column) => String(answer[column] ?? '')));
  const lines: (readonly string[])[] = [COLUMNS, ...rows];
  const widths = COLUMNS.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0)));
  const rule = widths.map((width) => '─'.repeat(width));
  return [COLUMNS, rule, ...rows]
    .map((line) =>
      line
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
