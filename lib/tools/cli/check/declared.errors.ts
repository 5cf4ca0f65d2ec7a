import type ts from 'typescript';
import { type CatalogueEntry, keyOf } from '../../../contract/catalogue/catalogue-entry.js';
import { decoratorsOf, named } from './decorators.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { LIBRARY } from './project.js';
import type { Route } from './routes.js';
import { atomsOf, type ClassAtom, NOTHING, unionOf } from './values.js';

/** One argument of a `@Throws()`. @internal */
export interface Declaration {
  readonly row: CatalogueEntry;
  readonly argument: ts.Expression;
  readonly call: ts.CallExpression;
  /** The class or the method that it stands on. */
  readonly on: ts.Node;
}

const OURS = new RegExp(`^${LIBRARY}$`);

/** What the `@Throws()` of a class or a method name. @internal */
export function declarationsAt(machine: Machine, on: ts.Node): Declaration[] {
  return named(decoratorsOf(machine, on), OURS, 'Throws').flatMap(({ call, frame }) =>
    call.arguments.flatMap((argument) => {
      const value = machine.evaluate(argument, frame, new Map());
      // A constraint may have a description beside its class
      const inside = membersOf(machine, value, 'exception', argument, new Map());
      const classes = atomsOf(unionOf([value, inside ?? NOTHING]), 'class');
      const known = classes.flatMap(({ exception }) => exception?.declares ?? []);
      const rows = known.length > 0 ? known : rowsOfType(machine, argument);
      return rows.map((row) => ({ row, argument, call, on }));
    }),
  );
}

/** A class that is made by code which is not read has its row in its type. */
function rowsOfType({ project }: Machine, node: ts.Expression): CatalogueEntry[] {
  const { checker } = project;
  const type = checker.getTypeAtLocation(node);
  const [status, code] = ['status', 'code'].map((name) => {
    const property = type.getProperty(name);
    const literal = property && checker.getTypeOfSymbolAtLocation(property, node);
    return literal && (literal.isNumberLiteral() || literal.isStringLiteral())
      ? literal.value
      : undefined;
  });
  return typeof status === 'number' && typeof code === 'string'
    ? [{ status, code, description: '' }]
    : [];
}

/** What a route declares: on its controller, on its method, and on those that these inherit from. @internal */
export function declarationsOf(machine: Machine, { controller, method }: Route): Declaration[] {
  const name = method.name.getText();
  return lineageOf(machine, controller).flatMap(({ node }) => {
    const methods = node!.members.filter((member) => member.name?.getText() === name);
    return [
      ...declarationsAt(machine, node!),
      ...methods.flatMap((one) => declarationsAt(machine, one)),
    ];
  });
}

/** A class of the application's, with those that it extends. @internal */
export function lineageOf(machine: Machine, type: ClassAtom): ClassAtom[] {
  return type.node
    ? [type, ...machine.classes.basesOf(type).flatMap((base) => lineageOf(machine, base))]
    : [];
}

/** @internal */
export function keysOf(rows: readonly { readonly row: CatalogueEntry }[]): Set<string> {
  return new Set(rows.map(({ row }) => keyOf(row)));
}
