import { type DatabaseFault, fault, type FaultKind, kindsOf } from './database-fault.js';
import { number, text } from './members.js';

/** https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors */
const KINDS = kindsOf<number>({
  unique: [2601, 2627],
  // Of CHECK too, as its sentence says
  foreignKey: [547],
  tooLong: [2628, 8152],
  outOfRange: [220, 242, 517, 8115],
  unreadable: [241, 244, 245, 248, 295, 8114, 8169],
  contention: [1205, 1222, 3960, 41301, 41302, 41305, 41325, 41839],
  unavailable: [
    64, 233, 701, 976, 978, 983, 3906, 3908, 4221, 6005, 10053, 10054, 10060, 10928, 10929, 17142,
    17809, 40197, 40501, 40613, 49918, 49919, 49920,
  ],
});

/** Codes of mssql and tedious, which say them of a server that did not answer. */
const CONNECTION_CODES = new Set<string | undefined>([
  'ECONNCLOSED',
  'EINSTLOOKUP',
  'ENOCONN',
  'ENOTOPEN',
  'ESOCKET',
  'ETIMEOUT',
]);

/**
 * SQL Server, by mssql and tedious: the number, state and class of an ERROR token
 * (https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/9805e9fa-1f8b-4cf8-8f78-8d2602228635),
 * or a code of the driver's.
 *
 * @internal
 */
export function sqlServerFault(error: object): DatabaseFault | undefined {
  const code = number(error, 'number');
  if (code !== undefined && number(error, 'class') !== undefined) {
    const message = text(error, 'message');
    return fault(sqlServerKind(code, message), sqlServerConstraint(code, message));
  }
  const name = text(error, 'name');
  if (!CONNECTION_CODES.has(text(error, 'code'))) {
    return undefined;
  }
  return name === 'ConnectionError'
    ? fault('unavailable')
    : name === 'RequestError'
      ? fault(text(error, 'code') === 'ETIMEOUT' ? 'timeout' : 'unavailable')
      : undefined;
}

/** @internal */
export function sqlServerKind(code: number, message = ''): FaultKind {
  const kind = KINDS.get(code) ?? 'bug';
  return kind === 'foreignKey' && /\bCHECK\b/.test(message) ? 'bug' : kind;
}

const IN_QUOTES = /['"]([^'"]+)['"]/g;

/** The sentence names a constraint first, or its table and then an index; values are at the end. @internal */
export function sqlServerConstraint(code: number, message = ''): string | undefined {
  const kind = KINDS.get(code);
  if (kind !== 'unique' && kind !== 'foreignKey') {
    return undefined;
  }
  const names = [...message.matchAll(IN_QUOTES)].map(([, name]) => name);
  return names[code === 2601 ? 1 : 0];
}
