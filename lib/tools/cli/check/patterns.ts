import type ts from 'typescript';
import type { Sink } from './effects.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { type Frame, NOTHING, unionOf, type Value } from './values.js';

/** Gives a name, or the names of a pattern, what they stand for. @internal */
export function bindName(
  machine: Machine,
  name: ts.BindingName,
  value: Value,
  frame: Frame,
  sink: Sink,
): void {
  const { ts: typescript, checker } = machine.project;
  if (typescript.isIdentifier(name)) {
    const symbol = checker.getSymbolAtLocation(name);
    if (symbol) {
      frame.set(symbol, value);
    }
    return;
  }
  for (const element of name.elements) {
    if (!typescript.isOmittedExpression(element)) {
      bindName(
        machine,
        element.name,
        partOf(machine, name, element, value, frame, sink),
        frame,
        sink,
      );
    }
  }
}

function partOf(
  machine: Machine,
  pattern: ts.BindingPattern,
  element: ts.BindingElement,
  value: Value,
  frame: Frame,
  sink: Sink,
): Value {
  const { ts: typescript } = machine.project;
  const fallback = element.initializer
    ? machine.evaluate(element.initializer, frame, sink)
    : NOTHING;
  if (typescript.isArrayBindingPattern(pattern) || element.dotDotDotToken) {
    return unionOf([value, fallback]);
  }
  const key = element.propertyName ?? element.name;
  const text =
    typescript.isIdentifier(key) || typescript.isStringLiteral(key) ? key.text : undefined;
  const members = text === undefined ? NOTHING : membersOf(machine, value, text, element, sink);
  return unionOf([members ?? NOTHING, fallback]);
}
