import type ts from 'typescript';
import type { CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';
import { decoratorsOf, named } from './decorators.js';
import { keyOfThrown, type Naming, type Thrown } from './effects.js';
import { textOfName } from './class.index.js';
import type { Machine } from './machine.js';
import { membersOf } from './members.js';
import { memberNamed } from './providers.js';
import { LIBRARY } from './project.js';
import { classesOf } from './routes.js';
import { atomsOf, NOTHING, unionOf, type Value, valueOf } from './values.js';

/** What an application answers a violated constraint with. @internal */
export interface DeclaredConstraint {
  readonly name: string;
  readonly row: CatalogueEntry;
  readonly naming: Naming | undefined;
}

/** What turns errors into exceptions in an application. @internal */
export interface Mappers {
  readonly database:
    | { readonly constraints: readonly DeclaredConstraint[]; readonly contention: 409 | 503 }
    | undefined;
  readonly hasUpstream: boolean;
  readonly hasJsonWebToken: boolean;
  /** The application's own, by the classes of errors that they are asked about. */
  readonly own: readonly {
    readonly errors: readonly string[];
    readonly answers: readonly Thrown[];
  }[];
}

/** Finds the mappers of an application. @internal */
export function mappersOf(machine: Machine): Mappers {
  const calls = callsOf(machine, 'databaseErrors', 'upstreamErrors', 'jsonWebTokenErrors');
  const databases = calls.filter(({ name }) => name === 'databaseErrors').map(({ call }) => call);
  return {
    database: databases.length === 0 ? undefined : databaseOf(machine, databases),
    hasUpstream: calls.some(({ name }) => name === 'upstreamErrors'),
    hasJsonWebToken: calls.some(({ name }) => name === 'jsonWebTokenErrors'),
    own: classesOf(machine).flatMap((node) => ownMapper(machine, node)),
  };
}

interface NamedCall {
  readonly name: string;
  readonly call: ts.CallExpression;
}

function callsOf(machine: Machine, ...names: readonly string[]): NamedCall[] {
  const { ts: typescript, files } = machine.project;
  const found: NamedCall[] = [];
  const visit = (node: ts.Node): void => {
    if (typescript.isCallExpression(node) && typescript.isIdentifier(node.expression)) {
      const origin = machine.origins.of(node.expression);
      if (origin?.package === LIBRARY && names.includes(origin.name)) {
        found.push({ name: origin.name, call: node });
      }
    }
    typescript.forEachChild(node, visit);
  };
  files.forEach((file) => visit(file));
  return found;
}

function databaseOf(
  machine: Machine,
  calls: readonly ts.CallExpression[],
): NonNullable<Mappers['database']> {
  const { ts: typescript } = machine.project;
  const options = calls
    .map((call) => call.arguments[0])
    .filter(
      (given): given is ts.ObjectLiteralExpression =>
        !!given && typescript.isObjectLiteralExpression(given),
    );
  return {
    constraints: options.flatMap((option) => constraintsOf(machine, option)),
    contention: options.some(
      (option) => memberNamed(typescript, option, 'contention')?.getText() === '409',
    )
      ? 409
      : 503,
  };
}

function constraintsOf(
  machine: Machine,
  options: ts.ObjectLiteralExpression,
): DeclaredConstraint[] {
  const { ts: typescript } = machine.project;
  const frame = machine.frameOfFile(options.getSourceFile());
  const given = memberNamed(typescript, options, 'constraints');
  const literals = given ? atomsOf(machine.evaluate(given, frame, new Map()), 'literal') : [];
  return literals.flatMap(({ node }) =>
    node.properties.flatMap((property): DeclaredConstraint[] => {
      const name = property.name && textOfName(typescript, property.name);
      if (name === undefined || !typescript.isPropertyAssignment(property)) {
        return [];
      }
      const value = machine.evaluate(property.initializer, frame, new Map());
      const inside = membersOf(machine, value, 'exception', property, new Map());
      return atomsOf(unionOf([value, inside ?? NOTHING]), 'class').flatMap(({ exception }) =>
        exception?.declares ? [{ name, row: exception.declares, naming: exception.naming }] : [],
      );
    }),
  );
}

/** `@MapErrors(X) class … { toException() {} }` */
function ownMapper(machine: Machine, node: ts.ClassDeclaration): Mappers['own'] {
  const decorators = named(decoratorsOf(machine, node), new RegExp(`^${LIBRARY}$`), 'MapErrors');
  if (decorators.length === 0) {
    return [];
  }
  const errors = decorators.flatMap(({ call, frame }) =>
    call.arguments.flatMap((argument) =>
      atomsOf(machine.evaluate(argument, frame, new Map()), 'class').flatMap(
        ({ exception }) => exception?.lineage[0] ?? [],
      ),
    ),
  );
  const self = valueOf(machine.classes.injected(machine.classes.of(node)));
  const { result } = machine.read((sink) => {
    const method = membersOf(machine, self, 'toException', node, sink);
    return (method && machine.call(method, [], node, sink)) ?? NOTHING;
  });
  return [{ errors, answers: answersIn(result) }];
}

function answersIn(value: Value): Thrown[] {
  return atomsOf(value, 'error')
    .map(({ thrown }) => ({ ...thrown, by: thrown.by ?? 'mapper' }))
    .filter(
      (thrown, index, all) =>
        all.findIndex((one) => keyOfThrown(one) === keyOfThrown(thrown)) === index,
    );
}
