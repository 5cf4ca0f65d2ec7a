import { type DatabaseFault, fault, type FaultKind, kindsOf } from './database-fault.js';
import { number, text } from './members.js';

/**
 * https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and
 * https://mariadb.com/kb/en/mariadb-error-code-reference/
 */
const KINDS = kindsOf<number>({
  unique: [1062, 1169, 1586],
  foreignKey: [1216, 1217, 1451, 1452, 1761, 1762],
  tooLong: [1153, 1406],
  outOfRange: [1264, 1690],
  unreadable: [1139, 1265, 1292, 1300, 1366, 1411, 3140, 3141, 3854, 3988, 4038],
  contention: [1020, 1205, 1213, 1614, 3101, 3572],
  unavailable: [
    1021, 1037, 1038, 1040, 1041, 1042, 1043, 1053, 1077, 1079, 1080, 1129, 1152, 1158, 1159, 1160,
    1161, 1184, 1203, 1226, 1290, 1792, 1836, 1927, 3159, 4031,
    // Of the connector for MariaDB: no connection in time, a pool or a connection that is closed
    45001, 45004, 45009, 45012, 45013, 45019, 45027, 45028, 45035, 45037, 45042, 45044,
  ],
  timeout: [1317, 1969, 3024, 45026],
});

/** Which quote a column, or their own name. */
const NULLS_AND_CHECKS = new Set([1048, 1263, 1364, 3819, 4025]);

/** SQLSTATE class 08: the connection. */
const CONNECTION = /^08/;

/** @internal */
export function mysqlKind(errno: number, state = ''): FaultKind {
  return KINDS.get(errno) ?? (CONNECTION.test(state) ? 'unavailable' : 'bug');
}

/**
 * MySQL and MariaDB, by mysql2 and mariadb: a number, and the SQLSTATE that the protocol sends with it
 * (https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html).
 *
 * @internal
 */
export function mysqlFault(error: object): DatabaseFault | undefined {
  const errno = number(error, 'errno');
  const state = text(error, 'sqlState');
  // Those of Node's own errors are below zero
  if (errno === undefined || errno <= 0 || state === undefined) {
    return undefined;
  }
  const constraints = mysqlConstraints(errno, text(error, 'sqlMessage'));
  return fault(mysqlKind(errno, state), ...constraints);
}

/**
 * The server tells constraints in its sentence alone, in whatever language it speaks. That of a unique
 * key ends with its name, as `books.isbn` or `isbn`; what a caller may have written stands before.
 *
 * @internal
 */
export function mysqlConstraints(errno: number, message = ''): readonly (string | undefined)[] {
  const kind = KINDS.get(errno);
  if (kind === 'unique') {
    const key = /'([^']+)'[^']*$/.exec(message)?.[1];
    return [key, key?.slice(key.indexOf('.') + 1)];
  }
  if (kind === 'foreignKey') {
    return [/CONSTRAINT `([^`]+)` FOREIGN KEY/.exec(message)?.[1]];
  }
  return NULLS_AND_CHECKS.has(errno) ? [/['`]([^'`]+)['`]/.exec(message)?.[1]] : [];
}
