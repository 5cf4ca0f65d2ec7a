import { type DatabaseFault, fault, type FaultKind } from './database-fault.js';
import { number, text } from './members.js';

/** https://www.sqlite.org/rescode.html: name, number and what it means. */
const CODES: readonly (readonly [string, number, FaultKind])[] = [
  ['SQLITE_BUSY', 5, 'contention'],
  ['SQLITE_LOCKED', 6, 'contention'],
  ['SQLITE_READONLY', 8, 'unavailable'],
  ['SQLITE_INTERRUPT', 9, 'timeout'],
  ['SQLITE_IOERR', 10, 'unavailable'],
  ['SQLITE_FULL', 13, 'unavailable'],
  ['SQLITE_CANTOPEN', 14, 'unavailable'],
  ['SQLITE_PROTOCOL', 15, 'contention'],
  ['SQLITE_TOOBIG', 18, 'tooLong'],
  ['SQLITE_MISMATCH', 20, 'unreadable'],
  ['SQLITE_CONSTRAINT_FOREIGNKEY', 787, 'foreignKey'],
  ['SQLITE_CONSTRAINT_PRIMARYKEY', 1555, 'unique'],
  ['SQLITE_CONSTRAINT_UNIQUE', 2067, 'unique'],
  ['SQLITE_CONSTRAINT_ROWID', 2579, 'unique'],
  ['SQLITE_CONSTRAINT_DATATYPE', 3091, 'unreadable'],
];

const BY_CODE = new Map<string | number, FaultKind>(
  CODES.flatMap(([name, code, kind]): [string | number, FaultKind][] => [
    [name, kind],
    [code, kind],
  ]),
);

/** A primary code is the low byte of an extended one. */
const PRIMARY = 0xff;

/** `SQLITE_BUSY_SNAPSHOT` is a `SQLITE_BUSY`. */
const PRIMARY_NAME = /^SQLITE_[A-Z]+/;

/**
 * SQLite, by better-sqlite3, libsql and its client, and node:sqlite: the name of a result code, or
 * its number.
 *
 * @internal
 */
export function sqliteFault(error: object): DatabaseFault | undefined {
  const code = codeOf(error);
  return code === undefined ? undefined : sqliteFaultOf(code, text(error, 'message'));
}

/** libsql has no names for the newer codes. */
const NAMED = /^(?:UNKNOWN_)?SQLITE_/;

function codeOf(error: object): string | number | undefined {
  const name = text(error, 'code');
  if (name === 'ERR_SQLITE_ERROR') {
    return number(error, 'errcode');
  }
  return name !== undefined && NAMED.test(name) ? (number(error, 'rawCode') ?? name) : undefined;
}

/** What SQLite says of a constraint, the one place where it tells which: columns, or an index. */
const SENTENCE =
  /(UNIQUE|FOREIGN KEY|NOT NULL|CHECK) constraint failed(?:: (?:index '([^']+)'|(.+)))?$/;

/** Names are an application's own, and short. */
const MAX_SENTENCE = 1000;

/** For a client that gives the primary code alone. */
const SAID = new Map<unknown, FaultKind>([
  ['UNIQUE', 'unique'],
  ['FOREIGN KEY', 'foreignKey'],
]);

/** @internal */
export function sqliteFaultOf(code: string | number, message = ''): DatabaseFault {
  const primary = typeof code === 'number' ? code & PRIMARY : (PRIMARY_NAME.exec(code)?.[0] ?? '');
  if (primary !== 19 && primary !== 'SQLITE_CONSTRAINT') {
    return fault(BY_CODE.get(primary) ?? 'bug');
  }
  const [, said, index, columns] = SENTENCE.exec(message.slice(-MAX_SENTENCE)) ?? [];
  const kind = code === primary ? SAID.get(said) : BY_CODE.get(code);
  return fault(kind ?? 'bug', index ?? columns);
}
