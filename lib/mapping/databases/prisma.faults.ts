import { type DatabaseFault, fault, kindsOf } from './database-fault.js';
import { member, text } from './members.js';
import { mysqlConstraints, mysqlKind } from './mysql.faults.js';
import { postgresConstraint, postgresKind, SQLSTATE } from './postgres.faults.js';
import { sqliteFaultOf } from './sqlite.faults.js';
import { sqlServerConstraint, sqlServerKind } from './sql-server.faults.js';

/** https://www.prisma.io/docs/orm/reference/error-reference */
const BY_CODE = kindsOf<string>({
  unique: ['P2002'],
  foreignKey: ['P2003', 'P2014'],
  rowMissing: ['P2001', 'P2015', 'P2018', 'P2025'],
  tooLong: ['P2000'],
  outOfRange: ['P2020', 'P2033'],
  unreadable: ['P2005', 'P2006', 'P2007', 'P2019', 'P2023'],
  contention: ['P2034'],
  unavailable: ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037'],
});

/** What driver adapters make of the errors of theirs: `kind` of `@prisma/driver-adapter-utils` 7. */
const BY_KIND = kindsOf<string>({
  unique: ['UniqueConstraintViolation'],
  foreignKey: ['ForeignKeyConstraintViolation', 'RestrictViolation'],
  tooLong: ['LengthMismatch'],
  outOfRange: ['ValueOutOfRange'],
  unreadable: ['InvalidInputValue', 'InconsistentColumnData'],
  contention: ['TransactionWriteConflict'],
  unavailable: [
    'ConnectionClosed',
    'DatabaseNotReachable',
    'SocketTimeout',
    'TlsConnectionError',
    'TooManyConnections',
  ],
});

/**
 * Prisma: its own code, and what a driver adapter passed on of the database's error, in `meta` or as
 * the cause of an error of the adapter's.
 *
 * @internal
 */
export function prismaFault(error: object): DatabaseFault | undefined {
  if (text(error, 'name') === 'DriverAdapterError') {
    return adapterFault(member(error, 'cause'));
  }
  const code = text(error, 'code') ?? text(error, 'errorCode');
  if (code === undefined || !/^P\d{4}$/.test(code) || !text(error, 'clientVersion')) {
    return undefined;
  }
  const meta = member(error, 'meta');
  const found = adapterFault(member(member(meta, 'driverAdapterError'), 'cause')) ?? rawFault(meta);
  const kind = BY_CODE.get(code) ?? found?.kind ?? 'bug';
  return fault(kind, ...(found?.constraints ?? []), ...targets(meta));
}

/** `MappedError` of driver adapters: `originalCode` and `originalMessage` are the driver's. */
function adapterFault(cause: unknown): DatabaseFault | undefined {
  const kind = text(cause, 'kind');
  if (kind === undefined) {
    return undefined;
  }
  const known = BY_KIND.get(kind);
  const constraint = member(cause, 'constraint');
  const named = text(constraint, 'index') ?? text(constraint, 'foreignKey');
  const original = originalFault(cause, kind);
  return fault(known ?? original.kind, named, ...original.constraints);
}

/** What the database itself said: as it came, or beside a `kind` that is the database's name. */
function originalFault(cause: unknown, kind: string): DatabaseFault {
  const message = text(cause, 'originalMessage') ?? text(cause, 'message');
  const code =
    member(cause, 'originalCode') ?? member(cause, 'code') ?? member(cause, 'extendedCode');
  return codeFault(code, message, kind);
}

/**
 * Of `$queryRaw` without a driver adapter: P2010, with the database's code as a text. Of PostgreSQL's
 * 23505 its message is DETAIL, which quotes values of callers and no constraint.
 */
function rawFault(meta: unknown): DatabaseFault | undefined {
  const code = text(meta, 'code');
  const message = code === '23505' ? undefined : text(meta, 'message');
  return code === undefined ? undefined : codeFault(code, message, '');
}

function codeFault(code: unknown, message: string | undefined, kind: string): DatabaseFault {
  const errno = Number(code);
  if (kind === 'mssql') {
    return fault(sqlServerKind(errno, message), sqlServerConstraint(errno, message));
  }
  if (kind === 'sqlite' || (typeof code === 'string' && code.startsWith('SQLITE_'))) {
    return sqliteFaultOf(code as string | number, message);
  }
  return kind !== 'mysql' && typeof code === 'string' && SQLSTATE.test(code)
    ? fault(postgresKind(code), postgresConstraint(code, message))
    : fault(mysqlKind(errno), ...mysqlConstraints(errno, message));
}

/** Without a driver adapter: the name of a key, or the model and the fields. */
function targets(meta: unknown): readonly (string | undefined)[] {
  const target = member(meta, 'target');
  const model = text(meta, 'modelName');
  if (Array.isArray(target) && model !== undefined) {
    return [`${model}.${target.join(',')}`];
  }
  return typeof target === 'string'
    ? [target]
    : [text(meta, 'field_name')?.replace(/ \(index\)$/, '')];
}
