import { type ConstraintLister, type DatabaseConstraint, listed } from './database-constraint.js';

/** An `integer primary key` is the row's id, and has no index. */
const CONSTRAINTS = `
  select 'unique' as kind, m.name as tab, coalesce(
      (select group_concat(m.name || '.' || c.name, ', ')
        from (select name from pragma_index_info(i.name) order by seqno) c
        having count(*) = count(c.name)),
      i.name) as name, 0 as generated
  from sqlite_master m join pragma_index_list(m.name) i
  where m.type = 'table' and i."unique" = 1
  union all
  select 'unique', m.name, m.name || '.' || c.name, 1
  from sqlite_master m join pragma_table_info(m.name) c
  where m.type = 'table' and c.pk = 1 and upper(c.type) = 'INTEGER'
    and not exists (select 1 from pragma_index_list(m.name) i where i.origin = 'pk')
  union all
  select 'not null', m.name, m.name || '.' || c.name, 0
  from sqlite_master m join pragma_table_info(m.name) c
  where m.type = 'table' and c."notnull" = 1`;

const STATEMENTS = `select name as tab, sql as text from sqlite_master where type = 'table'`;

/** The names of CHECKs are in the statement that made the table, and nowhere else. */
const NAMED_CHECK = /\bconstraint\s+["'`[]?(\w+)["'`\]]?\s+check\b/gi;

/** A foreign key is never told of in an error, so it has no name here. @internal */
export const sqliteConstraints: ConstraintLister = async (query) => {
  const keys = await listed(query, CONSTRAINTS, ({ name }) => [name]);
  const made = (await query(STATEMENTS)) as readonly { tab: string; text: string }[];
  const checks = made.flatMap(({ tab, text }) =>
    [...text.matchAll(NAMED_CHECK)].map(([, name]): DatabaseConstraint => ({
      kind: 'check',
      table: tab,
      names: [name!],
      isGenerated: false,
    })),
  );
  return [...keys, ...checks];
};
