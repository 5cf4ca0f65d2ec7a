import { EntitySchema, LockMode, MikroORM } from '@mikro-orm/postgresql';
import { drizzle } from 'drizzle-orm/node-postgres';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import knex, { type Knex } from 'knex';
import { Model } from 'objection';
import pg from 'pg';
import { DataTypes, Sequelize } from 'sequelize';
import { DataSource, EntitySchema as TypeOrmSchema } from 'typeorm';
import { column, type Fault } from '../support/cells.js';
import { server } from '../support/postgres.js';

/*
 * What ORMs throw by their own methods: rows that must be there, optimistic locks, values that they
 * refuse themselves, and the database's errors as each wraps them.
 */

/** Faults of one ORM, which is opened for each of them. */
function orm<Opened>(
  name: string,
  open: () => Promise<Opened> | Opened,
  close: (opened: Opened) => Promise<unknown>,
  faults: Readonly<Record<string, readonly [string, (opened: Opened) => PromiseLike<unknown>]>>,
): void {
  const cells = Object.entries(faults).map(([title, [becomes, act]]): Fault => {
    const by = async () => {
      const opened = await open();
      try {
        await act(opened);
      } finally {
        await close(opened);
      }
    };
    return { title, becomes, by };
  });
  const nothing = { run: () => Promise.resolve(), close: () => Promise.resolve() };
  column({ ...server, faults: cells }, name, () => nothing);
}

const taken = { isbn: '1', title: 'Another', pages: 1 };
const new2 = { isbn: '2', title: 'Two', pages: 2 };

const EXISTS = '409 BOOK_ALREADY_EXIST';
const NOT_FOUND = '404 NOT_FOUND';
const CONFLICT = '409 CONFLICT';
const INVALID = '400 INVALID_PARAMETER';

interface Book {
  isbn: string;
  title: string;
  pages: number;
  copies: number;
}

const TypeOrmBook = new TypeOrmSchema<Book>({
  name: 'Book',
  tableName: 'books',
  columns: {
    isbn: { type: 'varchar', primary: true },
    title: { type: 'varchar' },
    pages: { type: 'int' },
    copies: { type: 'int', version: true },
  },
});

orm(
  'TypeORM 1',
  () =>
    new DataSource({ type: 'postgres', url: server.url!, entities: [TypeOrmBook] }).initialize(),
  (source) => source.destroy(),
  {
    'unique, declared': [EXISTS, (source) => source.getRepository(TypeOrmBook).insert(taken)],
    'row that must be there': [
      NOT_FOUND,
      (source) => source.getRepository(TypeOrmBook).findOneByOrFail({ isbn: '404' }),
    ],
    'property that a caller made up': [
      INVALID,
      (source) => source.getRepository(TypeOrmBook).findBy(JSON.parse('{"colour":"red"}')),
    ],
    'optimistic lock': [
      CONFLICT,
      (source) =>
        source
          .getRepository(TypeOrmBook)
          .findOne({ where: { isbn: '1' }, lock: { mode: 'optimistic', version: 7 } }),
    ],
  },
);

const MikroBook = new EntitySchema<Book>({
  name: 'Book',
  tableName: 'books',
  properties: {
    isbn: { type: 'string', primary: true },
    title: { type: 'string' },
    pages: { type: 'integer' },
    copies: { type: 'integer', version: true },
  },
});

orm(
  'MikroORM 6',
  () =>
    MikroORM.init({
      clientUrl: server.url!,
      entities: [MikroBook],
      allowGlobalContext: true,
      driverOptions: {
        connection: { options: new URL(server.url!).searchParams.get('options') },
      },
    }),
  (mikro) => mikro.close(),
  {
    'unique, declared': [EXISTS, ({ em }) => em.insert(MikroBook, { ...taken, copies: 1 })],
    'row that must be there': [NOT_FOUND, ({ em }) => em.findOneOrFail(MikroBook, { isbn: '404' })],
    'optimistic lock': [
      CONFLICT,
      ({ em }) =>
        em.findOne(MikroBook, { isbn: '1' }, { lockMode: LockMode.OPTIMISTIC, lockVersion: 7 }),
    ],
    'statement of its own': [
      '503 SERVICE_UNAVAILABLE',
      ({ em }) => em.getDriver().execute(`do $$ begin raise sqlstate '40P01'; end $$`),
    ],
  },
);

function sequelizeBook(sequelize: Sequelize) {
  return sequelize.define(
    'Book',
    {
      isbn: { type: DataTypes.STRING, primaryKey: true },
      title: { type: DataTypes.STRING, validate: { notEmpty: true } },
      pages: DataTypes.INTEGER,
      copies: DataTypes.INTEGER,
    },
    { tableName: 'books', timestamps: false, version: 'copies' },
  );
}

orm(
  'Sequelize 6',
  () => new Sequelize(server.url!, { logging: false }),
  (sequelize) => sequelize.close(),
  {
    'unique, declared': [EXISTS, (sequelize) => sequelizeBook(sequelize).create(taken)],
    'unique among several rows': [
      EXISTS,
      (sequelize) => sequelizeBook(sequelize).bulkCreate([new2, taken], { individualHooks: true }),
    ],
    'row that must be there': [
      NOT_FOUND,
      (sequelize) => sequelizeBook(sequelize).findByPk('404', { rejectOnEmpty: true }),
    ],
    'value that it refuses': [
      INVALID,
      (sequelize) => sequelizeBook(sequelize).create({ ...new2, title: '' }),
    ],
    'values of several rows that it refuses': [
      INVALID,
      (sequelize) =>
        sequelizeBook(sequelize).bulkCreate([{ ...new2, title: '' }], { validate: true }),
    ],
    'optimistic lock': [
      CONFLICT,
      async (sequelize) => {
        const Books = sequelizeBook(sequelize);
        const [mine, theirs] = [await Books.findByPk('1'), await Books.findByPk('1')];
        await theirs!.update({ pages: 11 });
        await mine!.update({ pages: 12 });
      },
    ],
  },
);

const open = () => knex({ client: 'pg', connection: server.url! });
const destroy = (db: Knex) => db.destroy();

orm('Knex 3', open, destroy, {
  'unique, declared': [EXISTS, (db) => db('books').insert(taken)],
  'no connection free': [
    '503 SERVICE_UNAVAILABLE',
    async () => {
      const db = knex({
        client: 'pg',
        connection: server.url!,
        pool: { min: 0, max: 1 },
        acquireConnectionTimeout: 20,
      });
      const holding = await db.transaction();
      try {
        await db('books');
      } finally {
        await holding.rollback();
        await db.destroy();
      }
    },
  ],
});

class ObjectionBook extends Model {
  static override tableName = 'books';
  static override idColumn = 'isbn';
  static override jsonSchema = { type: 'object', properties: { pages: { type: 'integer' } } };
}

orm('Objection 3', open, destroy, {
  'unique, declared': [EXISTS, (db) => ObjectionBook.query(db).insert(taken as object)],
  'row that must be there': [
    NOT_FOUND,
    (db) => ObjectionBook.query(db).findById('404').throwIfNotFound(),
  ],
  'value that it refuses': [
    INVALID,
    async (db) => await ObjectionBook.query(db).insert({ ...new2, pages: 'many' }),
  ],
});

const drizzleBooks = pgTable('books', {
  isbn: text().primaryKey(),
  title: text().notNull(),
  pages: integer().notNull(),
});

orm(
  'Drizzle 0.45',
  () => new pg.Pool({ connectionString: server.url! }),
  (pool) => pool.end(),
  {
    'unique, declared': [EXISTS, (pool) => drizzle(pool).insert(drizzleBooks).values(taken)],
    'unique in a transaction': [
      EXISTS,
      (pool) => drizzle(pool).transaction((tx) => tx.insert(drizzleBooks).values(taken)),
    ],
  },
);
