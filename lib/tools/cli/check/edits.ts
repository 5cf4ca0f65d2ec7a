import { readFileSync, writeFileSync } from 'node:fs';
import type ts from 'typescript';

/** A piece of a file that another text takes the place of. @internal */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Makes edits that do not overlap in a file; what is not edited stays byte for byte. @internal */
export function applyEdits(file: ts.SourceFile, edits: readonly Edit[]): void {
  const written = edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce(
      (text, { start, end, text: added }) => text.slice(0, start) + added + text.slice(end),
      file.text,
    );
  // The compiler reads a text without its byte order mark
  const mark = readFileSync(file.fileName, 'utf8').startsWith('\uFEFF') ? '\uFEFF' : '';
  writeFileSync(file.fileName, mark + written);
}

/** Leaves some of a list out, with their commas; of an empty list nothing is left but its brackets. @internal */
export function withoutItems(
  items: ts.NodeArray<ts.Node>,
  isDropped: (item: ts.Node) => boolean,
): Edit[] {
  const all = [...items];
  return all.flatMap((item, index): Edit[] => {
    if (!isDropped(item)) {
      return [];
    }
    const hasKeptBefore = all.slice(0, index).some((one) => !isDropped(one));
    const next = all[index + 1];
    return hasKeptBefore
      ? [{ start: all[index - 1]!.getEnd(), end: item.getEnd(), text: '' }]
      : [{ start: item.getStart(), end: next ? next.getStart() : item.getEnd(), text: '' }];
  });
}

/** A node with the line that it has for itself. @internal */
export function wholeLine(node: ts.Node): Edit {
  const { text } = node.getSourceFile();
  const before = /[ \t]*$/.exec(text.slice(0, node.getStart()))![0].length;
  const start = node.getStart() - before;
  const after = /^[ \t]*\r?\n/.exec(text.slice(node.getEnd()));
  const isOwn = start === 0 || text[start - 1] === '\n';
  const space = /^[ \t]*/.exec(text.slice(node.getEnd()))![0].length;
  return isOwn && after
    ? { start, end: node.getEnd() + after[0].length, text: '' }
    : { start: node.getStart(), end: node.getEnd() + space, text: '' };
}

/** What a line starts with. @internal */
export function indentOf(node: ts.Node): string {
  const { text } = node.getSourceFile();
  const lineStart = text.lastIndexOf('\n', node.getStart() - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))![0];
}

/** @internal */
export function newlineOf({ text }: ts.SourceFile): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
