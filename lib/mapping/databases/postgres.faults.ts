import { type DatabaseFault, fault, type FaultKind, kindsOf } from './database-fault.js';
import { text } from './members.js';

/** @internal */
export const SQLSTATE = /^[0-9A-Z]{5}$/;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const KINDS = kindsOf<string>({
  unique: ['23505'],
  // 23001 of ON DELETE RESTRICT, from PostgreSQL 18 on
  foreignKey: ['23503', '23001'],
  exclusion: ['23P01'],
  rowMissing: ['P0002'],
  // 54000 of a value that an index has no room for
  tooLong: ['22001', '54000'],
  outOfRange: ['22003', '22008', '2201W', '2201X'],
  unreadable: [
    '22007',
    '22009',
    '22019',
    '22021',
    '22025',
    '22032',
    '22P02',
    '22P03',
    '22P05',
    '2201B',
  ],
  contention: ['40001', '40P01', '55P03'],
  // 25006 of a standby, which a failover leaves a connection at
  unavailable: ['25006', '58030'],
  timeout: ['57014', '25P03', '25P04'],
});

/** Connection lost, resources exhausted, server going down. */
const OUTAGE = /^(?:08|53|57P)/;

/** @internal */
export function postgresKind(code: string): FaultKind {
  return KINDS.get(code) ?? (OUTAGE.test(code) ? 'unavailable' : 'bug');
}

/**
 * PostgreSQL, by pg, postgres.js and PGlite: a SQLSTATE and its severity, which the protocol sends of
 * each error (https://www.postgresql.org/docs/current/protocol-error-fields.html).
 *
 * @internal
 */
export function postgresFault(error: object): DatabaseFault | undefined {
  const code = text(error, 'code');
  if (code === undefined || !SQLSTATE.test(code) || text(error, 'severity') === undefined) {
    return undefined;
  }
  return fault(
    postgresKind(code),
    text(error, 'constraint') ?? text(error, 'constraint_name'),
    columnOf(error),
  );
}

/** NOT NULL has no name before PostgreSQL 18, and none in an error. */
function columnOf(error: object): string | undefined {
  const table = text(error, 'table') ?? text(error, 'table_name');
  const column = text(error, 'column') ?? text(error, 'column_name');
  return table !== undefined && column !== undefined ? `${table}.${column}` : undefined;
}

/** What its sentence is of a constraint; of anything else it may quote a value. */
const OF_CONSTRAINT = /^23(?:001|503|505|514|P01)$/;

/** In whatever language: `"books"`, `„books“`, `« books »`. */
const QUOTED = /["«„“]([^"«»„“”]+)["»“”]/g;
/** More than any sentence of PostgreSQL's has: names have 63 bytes at the most. */
const MAX_SENTENCE = 1000;

/**
 * For what passes on a sentence of PostgreSQL's alone: it quotes the constraint, behind a table where
 * it names one: `… on table "loans" violates foreign key constraint "loans_member_fk"`. Of its first line
 * alone: what follows, DETAIL, quotes values of callers.
 *
 * @internal
 */
export function postgresConstraint(code: string, message = ''): string | undefined {
  if (!OF_CONSTRAINT.test(code)) {
    return undefined;
  }
  const sentence = message.slice(0, MAX_SENTENCE).split('\n', 1)[0]!;
  const [first, second] = [...sentence.matchAll(QUOTED)].map(([, name]) => name!.trim());
  return second ?? first;
}
