import { isError } from '../../contract/exceptions/is-error.js';
import { member } from './members.js';

/** Errors in all that are looked at: five of them are wrapped in each other at the most. */
const MAX_ERRORS = 20;

/**
 * Where an error keeps the one that it wraps: ECMAScript and Drizzle, TypeORM, mssql, Sequelize,
 * Objection; mongoose of a value that its driver refused.
 */
const WRAPPED = [
  'cause',
  'driverError',
  'originalError',
  'parent',
  'original',
  'nativeError',
  'reason',
];

/**
 * What was thrown and the errors inside it, the outermost first; no more than a bounded number, each
 * one once.
 *
 * @internal
 */
export function errorsIn(thrown: unknown): readonly Error[] {
  const found = new Set<Error>();
  const add = (value: unknown): void => {
    if (found.size < MAX_ERRORS && isReadable(value)) {
      found.add(value);
    }
  };
  add(thrown);
  // A set gives what is added to it meanwhile, too
  for (const error of found) {
    for (const name of WRAPPED) {
      add(member(error, name));
    }
    // Of Prisma
    add(member(member(error, 'meta'), 'driverAdapterError'));
    for (const one of aggregated(error)) {
      add(one);
    }
  }
  return [...found];
}

/** Node's of a host with several addresses, Sequelize's of several rows; one of Sequelize's of a row. */
function aggregated(error: Error): readonly unknown[] {
  const errors = member(error, 'errors');
  return isReadable(errors) ? [errors] : listed(errors);
}

/** A revoked proxy tells nothing. */
function isReadable(value: unknown): value is Error {
  try {
    return isError(value);
  } catch {
    return false;
  }
}

function listed(value: unknown): readonly unknown[] {
  try {
    return Array.isArray(value) ? value.slice(0, MAX_ERRORS) : [];
  } catch {
    return [];
  }
}
