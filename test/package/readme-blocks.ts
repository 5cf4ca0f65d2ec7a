/** One exchange that the README shows: `POST /books {…} → 400 {…}`. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly sent: string | undefined;
  readonly status: number;
  readonly body: unknown;
}

const EXCHANGE =
  /^(?<method>[A-Z]+) (?<path>\S+)(?: (?<sent>\{.*\}))? → (?<status>\d+) (?<body>.*)$/;

/** The code blocks of a Markdown text in one language. */
export function blocksOf(markdown: string, language: string): string[] {
  const fences = markdown.matchAll(/^```(\w+)\n([^]*?)^```$/gm);
  return [...fences].filter((fence) => fence[1] === language).map((fence) => fence[2]!);
}

/** @throws Error where a line of the block is no exchange. */
export function exchangesOf(block: string): Exchange[] {
  return block
    .trim()
    .split('\n')
    .map((line) => {
      const found = EXCHANGE.exec(line)?.groups;
      if (!found) {
        throw new Error(`The README shows no exchange: ${line}`);
      }
      return {
        method: found['method']!,
        path: found['path']!,
        sent: found['sent'],
        status: Number(found['status']),
        body: JSON.parse(found['body']!) as unknown,
      };
    });
}

/** The cells of the tables whose header has these columns, code marks taken off. */
export function tableOf(markdown: string, columns: readonly string[]): string[][] {
  const lines = markdown.split('\n');
  const header = lines.findIndex((line) => isSame(cellsOf(line), columns));
  const rest = lines.slice(header + 2);
  return rest
    .slice(
      0,
      rest.findIndex((line) => !line.startsWith('|')),
    )
    .map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll('`', ''));
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((cell, i) => cell === right[i]);
}

/** Code as it reads in any place, whatever its indentation. */
export function flush(code: string): string {
  return code
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
