import type ts from 'typescript';
import { baseArguments, plainValues } from './constructor.arguments.js';
import type { Sink } from './effects.js';
import { entryOf, fixed } from './exception.classes.js';
import { errorsOf } from './made.errors.js';
import type { Machine } from './machine.js';
import {
  atomsOf,
  type ClassAtom,
  Frame,
  idOfValue,
  type ObjectAtom,
  unionOf,
  type Value,
  valueOf,
} from './values.js';

/** What `new` makes of a class. @internal */
export function construct(
  machine: Machine,
  type: ClassAtom,
  args: readonly Value[],
  at: ts.Node,
  sink: Sink,
): Value {
  if (type.exception) {
    return valueOf(...errorsOf(machine, type, args));
  }
  if (!type.node) {
    return valueOf();
  }
  const id = `object ${type.id}(${args.map(idOfValue).join('|')})`;
  const self: ObjectAtom = { kind: 'object', id, type, args };
  runConstructors(machine, type, args, self, at, sink);
  return valueOf(self);
}

function runConstructors(
  machine: Machine,
  type: ClassAtom,
  args: readonly Value[],
  self: ObjectAtom,
  at: ts.Node,
  sink: Sink,
): void {
  const constructor = machine.classes.constructorOf(type);
  const [base] = machine.classes.basesOf(type);
  if (constructor) {
    const frame = new Frame(type.node!, `new ${type.id}`, type.frame, self);
    const atom = {
      kind: 'function',
      id: `constructor ${type.id}`,
      node: constructor,
      frame,
      self,
    } as const;
    machine.invoke(atom, args, at, sink);
  }
  if (base && !base.exception) {
    const given = constructor ? baseArguments(machine, type, args, self) : args;
    runConstructors(machine, base, given, self, at, sink);
  }
}

/** The class that `defineException()` makes. @internal */
export function definedClass(machine: Machine, [entry]: readonly Value[], at: ts.Node): Value {
  const rows = entry ? plainValues(machine, entry).flatMap((value) => entryOf(value) ?? []) : [];
  return valueOf(
    ...rows.map((row): ClassAtom => {
      const id = `defined ${machine.idOf(at)} ${row.code}`;
      return { kind: 'class', id, exception: fixed(row, id) };
    }),
  );
}

/** `.for('BOOK')` of a class of exceptions. @internal */
export function resourceClasses(type: ClassAtom, args: readonly Value[]): Value {
  const names = args[0] ? atomsOf(args[0], 'text').map(({ text }) => String(text)) : [];
  return unionOf(
    names.flatMap((name) => {
      const exception = type.exception?.forResource?.(name);
      return exception ? [valueOf({ kind: 'class', id: `${type.id} ${name}`, exception })] : [];
    }),
  );
}
