import type ts from 'typescript';
import { errorsOf } from './made.errors.js';
import { addAll, loseInto, type Sink, throwInto } from './effects.js';
import type { Machine } from './machine.js';
import type { Atom, Value } from './values.js';

/** Throws what a value may be. @internal */
export function throwValue(machine: Machine, { atoms }: Value, at: ts.Node, sink: Sink): void {
  const thrown = atoms.filter((atom) => throwAtom(machine, atom, at, sink));
  if (thrown.length === 0) {
    throwByType(machine, at, sink);
  }
}

function throwAtom(machine: Machine, atom: Atom, at: ts.Node, sink: Sink): boolean {
  switch (atom.kind) {
    case 'error':
      if (atom.thrown.isUnknown === true) {
        loseInto(sink, 'the status of this exception', at);
      } else if (atom.thrown.isNoError !== true) {
        throwInto(sink, atom.thrown, at);
      }
      return true;
    case 'caught':
      addAll(sink, atom.effects);
      return true;
    case 'object':
      return atom.type.exception
        ? errorsOf(machine, atom.type, atom.args ?? []).every((error) =>
            throwAtom(machine, error, at, sink),
          )
        : false;
    default:
      return atom.kind === 'text' || atom.kind === 'literal';
  }
}

/** Where the value is not known, its type may be. */
function throwByType(machine: Machine, at: ts.Node, sink: Sink): void {
  const { ts: typescript, checker } = machine.project;
  const expression = typescript.isThrowStatement(at)
    ? at.expression
    : typescript.isCallExpression(at)
      ? at.arguments[0]
      : undefined;
  const type = expression && checker.getTypeAtLocation(expression);
  const types = type === undefined ? [] : type.isUnion() ? type.types : [type];
  const classes = types.map((one) => machine.classes.ofType(one));
  if (types.length === 0 || classes.some((one) => !one?.exception)) {
    loseInto(sink, `what ${expression?.getText() ?? 'it'} is, which is thrown`, at);
    return;
  }
  for (const one of classes) {
    for (const error of errorsOf(machine, one!, [])) {
      throwAtom(machine, error, at, sink);
    }
  }
}
