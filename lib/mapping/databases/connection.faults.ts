import { type DatabaseFault, fault } from './database-fault.js';
import { member, number, text } from './members.js';

/** Codes that postgres.js has of its own. */
const OF_POSTGRES_JS = [
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
];

/** Those, the codes of Node's net and dns, and what mysql2 adds to them. */
const CODES = new Set<unknown>([
  ...OF_POSTGRES_JS,
  'EAI_AGAIN',
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_SEQUENCE_TIMEOUT',
]);

/**
 * A connection that failed, which Node says of any server alike. It counts as the database's where a
 * driver or what wraps it left its mark, or the connection was to one of `ports`: an HTTP client's has
 * neither.
 *
 * @param errors - all that were found in what was thrown
 * @internal
 */
export function connectionFault(
  errors: readonly Error[],
  ports: readonly number[],
): DatabaseFault | undefined {
  const failed = errors.find((error) => CODES.has(text(error, 'code')));
  const isOurs =
    failed !== undefined &&
    (errors.some(hasMark) || (isPlain(errors) && errors.some((error) => isTo(ports, error))));
  return isOurs ? fault('unavailable') : undefined;
}

/** A statement, a connection of mysql2's that is beyond repair, or the name of a driver's own class. */
function hasMark(error: Error): boolean {
  return hasStatement(error) || hasDriversCode(error) || OF_DRIVERS.test(text(error, 'name') ?? '');
}

/** Drizzle's `query` and `params`, TypeORM's and postgres.js' `query` and `parameters`, `sql` of others. */
function hasStatement(error: Error): boolean {
  return (
    (text(error, 'query') !== undefined &&
      (Array.isArray(member(error, 'params')) || Array.isArray(member(error, 'parameters')))) ||
    (text(error, 'sql') !== undefined && text(error, 'sqlState') !== undefined)
  );
}

/** mysql2 says `fatal`; postgres.js repeats a code of its own as `errno`, which is a number of Node's. */
function hasDriversCode(error: Error): boolean {
  const errno = text(error, 'errno');
  return (
    member(error, 'fatal') === true ||
    (errno !== undefined && errno === text(error, 'code') && OF_POSTGRES_JS.includes(errno))
  );
}

const OF_DRIVERS = /^(?:Sequelize\w+|Mongo\w+|ConnectionException|LibsqlError|SqlError)$/;

/** Nothing but Node's own errors: `fetch` and axios wrap theirs. */
function isPlain(errors: readonly Error[]): boolean {
  return errors.every((error) => /^(?:Aggregate)?Error$/.test(text(error, 'name') ?? ''));
}

/** pg passes Node's error on as it came. */
function isTo(ports: readonly number[], error: Error): boolean {
  const port = number(error, 'port');
  return text(error, 'syscall') === 'connect' && port !== undefined && ports.includes(port);
}
