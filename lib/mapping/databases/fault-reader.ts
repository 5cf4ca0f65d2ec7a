import { connectionFault } from './connection.faults.js';
import type { DatabaseFault, FaultReader } from './database-fault.js';
import { errorsIn } from './error-chain.js';
import { mongoFault } from './mongo.faults.js';
import { mysqlFault } from './mysql.faults.js';
import { postgresFault } from './postgres.faults.js';
import { prismaFault } from './prisma.faults.js';
import { sqliteFault } from './sqlite.faults.js';
import { sqlServerFault } from './sql-server.faults.js';
import { faultWithoutCode } from './without-code.faults.js';

/** Each knows the errors of its drivers from any other. */
const READERS: readonly FaultReader[] = [
  postgresFault,
  mysqlFault,
  sqliteFault,
  sqlServerFault,
  mongoFault,
  prismaFault,
];

/**
 * What a database found wrong, where what was thrown is one's error or has one inside. Codes are asked
 * first, on whichever error of the chain they are; then the connection; and at last what has no code.
 *
 * @param ports - of databases whose refused connections Node's own error tells
 * @internal
 */
export function databaseFault(
  thrown: unknown,
  ports: readonly number[],
): DatabaseFault | undefined {
  const errors = errorsIn(thrown);
  return (
    firstOf(errors, (error) => firstOf(READERS, (read) => read(error))) ??
    connectionFault(errors, ports) ??
    firstOf(errors, faultWithoutCode)
  );
}

function firstOf<Item, Found>(
  items: readonly Item[],
  find: (item: Item) => Found | undefined,
): Found | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
