import { describe } from 'node:test';
import { MongoBulkWriteError, MongoServerError, ObjectId } from 'mongodb';
import mongoose from 'mongoose';
import mssql from 'mssql';
import { cells } from '../support/rows.js';

/*
 * Databases that cannot be had here: the drivers' own classes of errors, made from what the server is
 * documented to reply. What mongoose finds by itself is real.
 */

const EXISTS = '409 ALREADY_EXIST';
const CONFLICT = '409 CONFLICT';
const BUSY = '503 SERVICE_UNAVAILABLE';
const BUG = '500 INTERNAL_SERVER_ERROR';
const INVALID = '400 INVALID_PARAMETER';
const TOO_LONG = '400 LIMIT_EXCEEDED';
const OUT_OF_RANGE = '400 OUT_OF_RANGE';

/** As tedious hands on an ERROR token, and mssql makes its own of that. */
function sqlServer(number: number, message: string, state = 1): () => Promise<never> {
  const info = { number, state, class: 14, message, serverName: 'db', procName: '', lineNumber: 1 };
  const tedious = Object.assign(new Error(message), { code: 'EREQUEST', ...info, info });
  return () => Promise.reject(new mssql.RequestError(tedious, 'EREQUEST'));
}

describe('mssql 12 of documented replies of SQL Server', () => {
  cells({
    'unique, declared (2627)': [
      '409 BOOK_ALREADY_EXIST',
      sqlServer(
        2627,
        "Violation of PRIMARY KEY constraint 'books_pkey'. Cannot insert duplicate key in object 'dbo.books'. The duplicate key value is (it's 'x').",
      ),
    ],
    'unique (2627)': [
      EXISTS,
      sqlServer(
        2627,
        "Violation of UNIQUE KEY constraint 'UQ_title'. Cannot insert duplicate key in object 'dbo.books'. The duplicate key value is ('books_pkey').",
      ),
    ],
    'unique index, declared (2601)': [
      '409 BOOK_ALREADY_EXIST',
      sqlServer(
        2601,
        "Cannot insert duplicate key row in object 'dbo.books' with unique index 'books_pkey'. The duplicate key value is (1).",
      ),
    ],
    'foreign key, declared (547)': [
      '404 BOOK_NOT_EXIST',
      sqlServer(
        547,
        'The INSERT statement conflicted with the FOREIGN KEY constraint "loans_book_fk". The conflict occurred in database "library", table "dbo.books", column \'isbn\'.',
      ),
    ],
    'row that others refer to (547)': [
      CONFLICT,
      sqlServer(
        547,
        'The DELETE statement conflicted with the REFERENCE constraint "FK_other". The conflict occurred in database "library", table "dbo.loans", column \'isbn\'.',
      ),
    ],
    'check, declared (547)': [
      '400 INVALID_BOOK',
      sqlServer(
        547,
        'The INSERT statement conflicted with the CHECK constraint "books_pages_check". The conflict occurred in database "library", table "dbo.books", column \'pages\'.',
      ),
    ],
    'check (547)': [
      BUG,
      sqlServer(
        547,
        'The INSERT statement conflicted with the CHECK constraint "CK_copies". The conflict occurred in database "library", table "dbo.books", column \'copies\'.',
      ),
    ],
    'not null (515)': [
      BUG,
      sqlServer(
        515,
        "Cannot insert the value NULL into column 'title', table 'library.dbo.books'; column does not allow nulls. INSERT fails.",
      ),
    ],
    'text too long (2628)': [
      TOO_LONG,
      sqlServer(
        2628,
        "String or binary data would be truncated in table 'library.dbo.books', column 'title'. Truncated value: 'x'.",
      ),
    ],
    'number out of range (8115)': [
      OUT_OF_RANGE,
      sqlServer(8115, 'Arithmetic overflow error converting expression to data type int.'),
    ],
    'no number (245)': [
      INVALID,
      sqlServer(
        245,
        "Conversion failed when converting the varchar value 'many' to data type int.",
      ),
    ],
    'no uniqueidentifier (8169)': [
      INVALID,
      sqlServer(
        8169,
        'Conversion failed when converting from a character string to uniqueidentifier.',
      ),
    ],
    'deadlock (1205)': [
      BUSY,
      sqlServer(
        1205,
        'Transaction (Process ID 52) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction.',
      ),
    ],
    'lock not available (1222)': [BUSY, sqlServer(1222, 'Lock request time out period exceeded.')],
    'snapshot conflict (3960)': [
      BUSY,
      sqlServer(3960, 'Snapshot isolation transaction aborted due to update conflict.'),
    ],
    'failover of Azure SQL (40613)': [
      BUSY,
      sqlServer(40613, "Database 'library' on server 'db' is not currently available."),
    ],
    'read-only (3906)': [
      BUSY,
      sqlServer(3906, 'Failed to update database "library" because the database is read-only.'),
    ],
    'statement timeout': [
      BUSY,
      () =>
        Promise.reject(
          new mssql.RequestError('Timeout: Request failed to complete in 15000ms', 'ETIMEOUT'),
        ),
    ],
    'no such table (208)': [BUG, sqlServer(208, "Invalid object name 'shelves'.")],
  });
});

const mongo =
  (code: number, codeName: string, errmsg: string, more: object = {}) =>
  () =>
    Promise.reject(new MongoServerError({ ok: 0, code, codeName, errmsg, ...more }));

const DUPLICATE =
  'E11000 duplicate key error collection: library.books index: isbn dup key: { isbn: "x index: other dup key" }';

describe('mongodb 7 of documented replies of MongoDB', () => {
  cells({
    'unique, declared (11000)': [
      '409 BOOK_ALREADY_EXIST',
      mongo(11000, 'DuplicateKey', DUPLICATE, { keyPattern: { isbn: 1 }, keyValue: { isbn: 'x' } }),
    ],
    'unique (11000)': [
      EXISTS,
      mongo(
        11000,
        'DuplicateKey',
        'E11000 duplicate key error collection: library.books index: title_1 dup key: { title: "collection: a.books index: isbn dup key" }',
      ),
    ],
    'unique among several documents': [
      '409 BOOK_ALREADY_EXIST',
      () =>
        Promise.reject(
          new MongoBulkWriteError(
            { message: DUPLICATE, code: 11000, writeErrors: [] },
            Object({ insertedCount: 0 }),
          ),
        ),
    ],
    'write conflict (112)': [
      BUSY,
      mongo(112, 'WriteConflict', 'Caused by :: Write conflict during plan execution', {
        errorLabels: ['TransientTransactionError'],
      }),
    ],
    'lock timeout (24)': [BUSY, mongo(24, 'LockTimeout', 'Unable to acquire lock within 5ms')],
    'failover (10107)': [BUSY, mongo(10107, 'NotWritablePrimary', 'not primary')],
    'stepped down (189)': [BUSY, mongo(189, 'PrimarySteppedDown', 'stepped down')],
    'server shuts down (11600)': [
      BUSY,
      mongo(11600, 'InterruptedAtShutdown', 'interrupted at shutdown'),
    ],
    'statement timeout (50)': [
      BUSY,
      mongo(50, 'MaxTimeMSExpired', 'operation exceeded time limit'),
    ],
    'document too large (10334)': [
      TOO_LONG,
      mongo(10334, 'BSONObjectTooLarge', 'BSONObj size: 17825792 (0x1100000) is invalid.'),
    ],
    'schema of the collection (121)': [
      BUG,
      mongo(121, 'DocumentValidationFailure', 'Document failed validation'),
    ],
    'wrong statement (2)': [BUG, mongo(2, 'BadValue', 'unknown operator: $neq')],
    'an id that is none': [INVALID, async () => new ObjectId('many')],
  });
});

const books = mongoose
  .createConnection()
  .model(
    'Book',
    new mongoose.Schema(
      { title: { type: String, required: true }, pages: Number },
      { strict: 'throw', strictQuery: 'throw', bufferTimeoutMS: 10 },
    ),
  );

describe('mongoose 9', () => {
  cells({
    'CastError of a query': [INVALID, () => books.findById('many')],
    'CastError of a value': [INVALID, () => books.validate({ title: 'x', pages: 'many' })],
    ValidationError: [INVALID, () => new books({}).validate()],
    StrictModeError: [INVALID, async () => new books({ colour: 'red' })],
    'DocumentNotFoundError, which needs a server to be real': [
      '404 NOT_FOUND',
      () => Promise.reject(Reflect.construct(mongoose.Error.DocumentNotFoundError, [{ _id: 'x' }])),
    ],
    'VersionError, which needs a server to be real': [
      CONFLICT,
      () =>
        Promise.reject(new mongoose.Error.VersionError(new books({ title: 'x' }), 1, ['title'])),
    ],
  });
});
