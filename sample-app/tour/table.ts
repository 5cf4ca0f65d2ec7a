import type { Answer } from './answer.js';

/** What a terminal has at least. */
const WIDTH = 80;
const INDENT = '    ';

/** The answers for people: a line each, what it says below, and the challenge on lines of its own. */
export function table(answers: readonly Answer[]): string {
  return answers
    .flatMap(({ request, status, code, description, challenge }) => [
      ...wrapped(`${status} ${code} ${request}`, ''),
      ...wrapped(description, INDENT),
      ...wrapped(challenge ?? '', INDENT),
    ])
    .join('\n');
}

/** Lines of whole words: a code is never split. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return line === '' ? lines : [...lines, indent + line];
}
