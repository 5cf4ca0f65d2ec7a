import { type DatabaseFault, fault, kindsOf } from './database-fault.js';
import { member, number, text } from './members.js';

/** https://www.mongodb.com/docs/manual/reference/error-codes/ */
const KINDS = kindsOf<number>({
  unique: [11000, 11001, 12582],
  tooLong: [10334, 17280, 17419],
  contention: [24, 112, 225, 244, 251],
  unavailable: [
    6, 7, 89, 91, 133, 134, 149, 189, 234, 317, 384, 9001, 10107, 10058, 11600, 11602, 13435, 13436,
  ],
  timeout: [50, 202, 262, 290],
});

/** `E11000 duplicate key error collection: library.books index: isbn_1 dup key: { isbn: "…" }` */
const DUPLICATE = /collection: [^. ]+\.(\S+) index: (\S+) dup key/;

/**
 * MongoDB, by its driver and whatever is built on it: the number of a server's error, on an error
 * with the labels that each of the driver's has.
 *
 * @internal
 */
export function mongoFault(error: object): DatabaseFault | undefined {
  const code = number(error, 'code');
  if (code === undefined || typeof member(error, 'hasErrorLabel') !== 'function') {
    return undefined;
  }
  const [, collection, index] = DUPLICATE.exec(text(error, 'message') ?? '') ?? [];
  return fault(KINDS.get(code) ?? 'bug', collection && `${collection}.${index}`, index);
}
