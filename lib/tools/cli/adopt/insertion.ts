import type ts from 'typescript';
import type { Insertion } from './finding.js';

/**
 * Puts a text before the first element of a list or an object literal, on a line of its own where
 * that element has one.
 *
 * @param padding - what stands inside the brackets of one that was empty
 * @internal
 */
export function firstIn(
  literal: ts.Node,
  elements: ts.NodeArray<ts.Node>,
  text: string,
  padding = '',
): Insertion {
  const [first] = elements;
  const source = literal.getSourceFile().text;
  const open = literal.getStart() + 1;
  if (!first) {
    return { position: open, text: `${padding}${text}${padding}` };
  }
  const position = first.getStart();
  const before = /\r?\n[ \t]*$/.exec(source.slice(open, position));
  return { position, text: `${text},${before ? before[0] : ' '}` };
}
