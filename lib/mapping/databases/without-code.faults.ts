import { type DatabaseFault, fault, type FaultKind } from './database-fault.js';
import { member, text } from './members.js';

/** An error that has no code: its class by name, and a member that it has, or its constant text. */
interface Known {
  /** The driver, and the version that was read. */
  readonly of: string;
  readonly kind: FaultKind;
  readonly name: string;
  /** Whatever else goes by the same name has no such member. */
  readonly having?: string;
  readonly saying?: RegExp;
}

const PG_SAYS =
  /^(?:timeout expired|timeout exceeded when trying to connect|Connection terminated(?: unexpectedly| due to connection timeout)?|Client (?:has encountered a connection error and|was closed and) is not queryable|Cannot use a pool after calling end on the pool)$/;

/** The last resort, asked where nothing in the chain of errors has a code. */
const WITHOUT_CODE: readonly Known[] = [
  { of: 'pg 8.23', kind: 'unavailable', name: 'Error', saying: PG_SAYS },
  { of: 'pg 8.23', kind: 'timeout', name: 'Error', saying: /^Query read timeout$/ },
  { of: 'PGlite 0.5', kind: 'unavailable', name: 'Error', saying: /^PGlite is clos(?:ed|ing)$/ },
  {
    of: 'mysql2 3.24',
    kind: 'unavailable',
    name: 'Error',
    saying: /^(?:Pool is closed|No connections available|Queue limit reached)\.$/,
  },
  {
    of: 'better-sqlite3 12.11, libsql 0.5',
    kind: 'unavailable',
    name: 'TypeError',
    saying: /^The database connection is not open$/,
  },
  {
    of: 'libsql 0.5',
    kind: 'unavailable',
    name: 'Error',
    saying: /^ConnectionFailed\("Unable to open connection to local database /,
  },
  { of: 'Knex 3.3', kind: 'unavailable', name: 'KnexTimeoutError' },
  { of: 'TypeORM 1.1', kind: 'rowMissing', name: 'EntityNotFoundError', having: 'entityClass' },
  { of: 'TypeORM 1.1', kind: 'unreadable', name: 'EntityPropertyNotFoundError' },
  { of: 'TypeORM 1.1', kind: 'stale', name: 'OptimisticLockVersionMismatchError' },
  { of: 'MikroORM 6.6', kind: 'rowMissing', name: 'NotFoundError', having: 'getEntity' },
  { of: 'MikroORM 6.6', kind: 'stale', name: 'OptimisticLockError', having: 'getEntity' },
  { of: 'Objection 3.1', kind: 'rowMissing', name: 'NotFoundError', having: 'modelClass' },
  { of: 'Objection 3.1', kind: 'unreadable', name: 'ValidationError', having: 'modelClass' },
  { of: 'Sequelize 6.37', kind: 'rowMissing', name: 'SequelizeEmptyResultError' },
  { of: 'Sequelize 6.37', kind: 'stale', name: 'SequelizeOptimisticLockError' },
  { of: 'Sequelize 6.37', kind: 'unreadable', name: 'SequelizeValidationError' },
  { of: 'Sequelize 6.37', kind: 'unavailable', name: 'SequelizeConnectionError' },
  { of: 'Sequelize 6.37', kind: 'unavailable', name: 'SequelizeConnectionAcquireTimeoutError' },
  {
    of: 'Prisma 6.19, 7.10',
    kind: 'unavailable',
    name: 'PrismaClientInitializationError',
    having: 'clientVersion',
  },
  {
    of: 'Prisma 6.19, 7.10',
    kind: 'unreadable',
    name: 'PrismaClientValidationError',
    having: 'clientVersion',
  },
  {
    of: 'Prisma 6.19, 7.10',
    kind: 'outOfRange',
    name: 'PrismaClientUnknownRequestError',
    saying: /AssertionError\("Invalid value for (?:skip|take) argument: Value can only be positive/,
  },
  ...unavailableMongo('MongoNetworkError', 'MongoNetworkTimeoutError', 'MongoNotConnectedError'),
  ...unavailableMongo('MongoServerSelectionError', 'MongoPoolClosedError', 'MongoPoolClearedError'),
  ...unavailableMongo('PoolClearedOnNetworkError', 'MongoWaitQueueTimeoutError'),
  ...unavailableMongo('MongoTopologyClosedError', 'MongoClientClosedError'),
  {
    of: 'mongodb 7.9',
    kind: 'timeout',
    name: 'MongoOperationTimeoutError',
    having: 'hasErrorLabel',
  },
  { of: 'bson 7', kind: 'unreadable', name: 'BSONError', having: 'bsonError' },
  { of: 'mongoose 9.12', kind: 'unavailable', name: 'MongooseServerSelectionError' },
  {
    of: 'mongoose 9.12',
    kind: 'unavailable',
    name: 'MongooseError',
    saying: /buffering timed out/,
  },
  { of: 'mongoose 9.12', kind: 'rowMissing', name: 'DocumentNotFoundError', having: 'filter' },
  { of: 'mongoose 9.12', kind: 'stale', name: 'VersionError', having: 'modifiedPaths' },
  { of: 'mongoose 9.12', kind: 'unreadable', name: 'CastError', having: 'valueType' },
  { of: 'mongoose 9.12', kind: 'unreadable', name: 'ValidationError', having: '_message' },
  { of: 'mongoose 9.12', kind: 'unreadable', name: 'StrictModeError', having: 'path' },
];

function unavailableMongo(...names: readonly string[]): Known[] {
  return names.map((name) => ({
    of: 'mongodb 7.9',
    kind: 'unavailable',
    name,
    having: 'hasErrorLabel',
  }));
}

/**
 * An error whose driver gives it no code, by what is documented of its class: no other has its name
 * and that member, or a plain error says a sentence that the driver's source has as a constant.
 *
 * @internal
 */
export function faultWithoutCode(error: Error): DatabaseFault | undefined {
  const name = text(error, 'name');
  const known = WITHOUT_CODE.find(
    (one) =>
      one.name === name &&
      (one.having === undefined || member(error, one.having) !== undefined) &&
      (one.saying === undefined || one.saying.test(text(error, 'message') ?? '')),
  );
  return known && fault(known.kind);
}
