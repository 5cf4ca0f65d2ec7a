import {
  functionThat,
  objectOf,
  oneOf,
  type OptionReaders,
  that,
  withDefault,
} from '../../../contract/options/option-readers.js';
import type {
  ConstraintLister,
  ConstraintQuery,
  DatabaseConstraint,
} from './database-constraint.js';
import { mysqlConstraints } from './mysql.constraints.js';
import { postgresConstraints } from './postgres.constraints.js';
import { sqliteConstraints } from './sqlite.constraints.js';

/** Options of `checkConstraints()`. @publicApi */
export interface ConstraintCheckOptions {
  /** The kind of database; MariaDB is `mysql`. */
  readonly dialect: 'postgresql' | 'mysql' | 'sqlite';
  /**
   * Runs a statement that only reads and gives its rows, each an object: for pg
   * `async (sql) => (await pool.query(sql)).rows`.
   */
  readonly query: ConstraintQuery;
  /**
   * Unique and foreign keys that need no declaration, as 409 ALREADY_EXIST and 409 CONFLICT say
   * enough of them.
   *
   * @defaultValue none
   */
  readonly except?: readonly string[];
}

const LISTERS: Readonly<Record<ConstraintCheckOptions['dialect'], ConstraintLister>> = {
  postgresql: postgresConstraints,
  mysql: mysqlConstraints,
  sqlite: sqliteConstraints,
};

const readers = {
  dialect: oneOf(['postgresql', 'mysql', 'sqlite']),
  query: functionThat<ConstraintQuery>('takes a function of a statement that gives its rows'),
  except: withDefault(
    [],
    that<readonly string[]>(
      'takes an array of names of constraints',
      (given) => Array.isArray(given) && given.every((name) => typeof name === 'string'),
    ),
  ),
} satisfies OptionReaders<ConstraintCheckOptions>;

/**
 * Compares the constraints that `databaseErrors()` declares with those that the database has, by the
 * database's own catalogue. Fails on a name that no constraint has, and on a unique or foreign key that
 * no declaration names. Primary keys whose values the database makes itself need none, nor do foreign
 * keys of SQLite, whose errors do not tell them.
 *
 * @param mapper - what `databaseErrors()` made
 * @throws Error that lists what is wrong, a line each; TypeError where an option is.
 * @publicApi
 */
export async function checkConstraints(
  mapper: { readonly constraints: object },
  options: ConstraintCheckOptions,
): Promise<void> {
  const { dialect, query, except } = objectOf(readers)(options, 'checkConstraints()');
  const declared = Object.keys(mapper.constraints);
  const found = await LISTERS[dialect](query);
  const faults = [
    ...[...declared, ...except]
      .filter((name) => !found.some(({ names }) => names.includes(name)))
      .map((name) => `${name} is named, and the database has no such constraint.`),
    ...found.filter((one) => isMissing(one, [...declared, ...except])).map(missing),
  ];
  if (faults.length > 0) {
    throw new Error(`The constraints of the database differ:\n${faults.toSorted().join('\n')}`);
  }
}

/** What a key is answered with that nothing was declared for; of others a violation is a bug. */
const ANSWERS: Readonly<Partial<Record<DatabaseConstraint['kind'], string>>> = {
  unique: '409 ALREADY_EXIST',
  exclusion: '409 CONFLICT',
  'foreign key': '409 CONFLICT',
};

function isMissing({ kind, names, isGenerated }: DatabaseConstraint, known: readonly string[]) {
  return kind in ANSWERS && !isGenerated && !names.some((name) => known.includes(name));
}

function missing({ kind, table, names }: DatabaseConstraint): string {
  return `${names[0]} (${kind}, ${table}) is not declared: it answers ${ANSWERS[kind]}.`;
}
