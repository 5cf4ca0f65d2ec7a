import { PrismaPg } from '@prisma/adapter-pg';
import { column, type Fault } from '../support/cells.js';
import { server } from '../support/postgres.js';
import { PrismaClient } from './postgresql/client.js';

function open(url: string): PrismaClient {
  const schema = new URL(url).searchParams.get('options')?.split('=')[1];
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url }, schema ? { schema } : {}),
  });
}

column(server, 'Prisma, $executeRaw', (url) => {
  const prisma = open(url);
  return { run: (sql) => prisma.$executeRawUnsafe(sql), close: () => prisma.$disconnect() };
});

/** By its own methods, which have codes of Prisma's. */
function using(act: (prisma: PrismaClient) => Promise<unknown>): Fault['by'] {
  return async () => {
    const prisma = open(server.url!);
    try {
      await act(prisma);
    } finally {
      await prisma.$disconnect();
    }
  };
}

const title = 'Any';
const pages = 1;

const faults: readonly Fault[] = [
  {
    title: 'unique, declared (P2002)',
    becomes: '409 BOOK_ALREADY_EXIST',
    by: using(({ book }) => book.create({ data: { isbn: '1', title, pages } })),
  },
  {
    title: 'unique (P2002)',
    becomes: '409 ALREADY_EXIST',
    by: using(({ book }) => book.create({ data: { isbn: '2', title: 'One', pages } })),
  },
  {
    title: 'foreign key, declared (P2003)',
    becomes: '404 BOOK_NOT_EXIST',
    by: using(({ loan }) => loan.create({ data: { id: 2, isbn: '404' } })),
  },
  {
    title: 'check, declared',
    becomes: '400 INVALID_BOOK',
    by: using(({ book }) => book.create({ data: { isbn: '2', title, pages: 0 } })),
  },
  {
    title: 'check',
    becomes: '500 INTERNAL_SERVER_ERROR',
    by: using(({ book }) => book.create({ data: { isbn: '2', title, pages, copies: 0 } })),
  },
  {
    title: 'text too long (P2000)',
    becomes: '400 LIMIT_EXCEEDED',
    by: using(({ book }) => book.create({ data: { isbn: '2'.repeat(99), title, pages } })),
  },
  {
    title: 'number out of range (P2020)',
    becomes: '400 OUT_OF_RANGE',
    by: using(({ book }) => book.create({ data: { isbn: '2', title, pages: 7_000_000_000 } })),
  },
  {
    title: 'character that cannot be stored',
    becomes: '400 INVALID_PARAMETER',
    by: using(({ book }) => book.create({ data: { isbn: '\0', title, pages } })),
  },
  {
    title: 'row that must be there, of an update (P2025)',
    becomes: '404 NOT_FOUND',
    by: using(({ book }) => book.update({ where: { isbn: '404' }, data: { title } })),
  },
  {
    title: 'row that must be there, of a query (P2025)',
    becomes: '404 NOT_FOUND',
    by: using(({ book }) => book.findUniqueOrThrow({ where: { isbn: '404' } })),
  },
  {
    title: 'negative skip, which has no code',
    becomes: '400 OUT_OF_RANGE',
    by: using(({ book }) => book.findMany({ skip: -1 })),
  },
  {
    title: 'value of another type, which has no code',
    becomes: '400 INVALID_PARAMETER',
    by: using(({ book }) => book.findMany({ where: { pages: 'many' as unknown as number } })),
  },
  {
    title: 'connection refused (P1001)',
    becomes: '503 SERVICE_UNAVAILABLE',
    by: () => open('postgres://postgres@127.0.0.1:1/test').book.findMany(),
  },
];

column({ ...server, faults }, 'Prisma, its own methods', (url) => {
  const prisma = open(url);
  return { run: () => Promise.resolve(), close: () => prisma.$disconnect() };
});
