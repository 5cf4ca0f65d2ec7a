import { type ConstraintLister, listed } from './database-constraint.js';

/** Of the database that the connection uses. */
const CONSTRAINTS = `
  select case c.constraint_type when 'FOREIGN KEY' then 'foreign key' when 'CHECK' then 'check'
      else 'unique' end as kind,
    c.table_name as tab, c.constraint_name as name,
    case when c.constraint_type = 'PRIMARY KEY' and not exists (
      select 1 from information_schema.key_column_usage u
        join information_schema.columns o on o.table_schema = u.table_schema
          and o.table_name = u.table_name and o.column_name = u.column_name
      where u.constraint_schema = c.constraint_schema and u.table_name = c.table_name
        and u.constraint_name = c.constraint_name
        and o.extra not like '%auto_increment%' and o.column_default is null
    ) then 1 else 0 end as generated
  from information_schema.table_constraints c where c.constraint_schema = database()
  union all
  select 'not null', o.table_name, o.column_name, 0
  from information_schema.columns o
  where o.table_schema = database() and o.is_nullable = 'NO'`;

/** MySQL names a key with its table, MariaDB without. @internal */
export const mysqlConstraints: ConstraintLister = (query) =>
  listed(query, CONSTRAINTS, ({ kind, tab, name }) =>
    kind === 'unique' ? [`${tab}.${name}`, name] : [name],
  );
