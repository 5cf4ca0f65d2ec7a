import { type ConstraintLister, listed } from './database-constraint.js';

/**
 * Of the schemas in the search path. A unique index that is no constraint is named in errors all the
 * same; the constraints of partitions are those of their table.
 */
const CONSTRAINTS = `
  select case c.contype when 'f' then 'foreign key' when 'c' then 'check' when 'x' then 'exclusion'
      else 'unique' end as kind,
    coalesce(t.relname, '') as tab, c.conname as name,
    case when c.contype = 'p' and not exists (
      select from pg_attribute a where a.attrelid = c.conrelid and a.attnum = any (c.conkey)
        and not a.atthasdef and a.attidentity = ''
    ) then 1 else 0 end as generated
  from pg_constraint c left join pg_class t on t.oid = c.conrelid
    join pg_namespace n on n.oid = c.connamespace
  where n.nspname = any (current_schemas(false)) and c.contype in ('p', 'u', 'x', 'f', 'c')
    and c.conparentid = 0
  union all
  select 'unique', t.relname, i.relname, 0
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    join pg_namespace n on n.oid = t.relnamespace
  where n.nspname = any (current_schemas(false)) and x.indisunique and not i.relispartition
    and not exists (select from pg_constraint c where c.conindid = x.indexrelid)
  union all
  select 'not null', t.relname, t.relname || '.' || a.attname, 0
  from pg_attribute a join pg_class t on t.oid = a.attrelid
    join pg_namespace n on n.oid = t.relnamespace
  where n.nspname = any (current_schemas(false)) and t.relkind in ('r', 'p')
    and a.attnum > 0 and a.attnotnull and not a.attisdropped`;

/** @internal */
export const postgresConstraints: ConstraintLister = (query) =>
  listed(query, CONSTRAINTS, ({ name }) => [name]);
