import { PrismaMariaDb } from '@prisma/adapter-mariadb';
import { column } from '../support/cells.js';
import { server } from '../support/mariadb.js';
import { PrismaClient } from './mysql/client.js';

function open(url: string): PrismaClient {
  const { hostname, port, username, pathname } = new URL(url);
  return new PrismaClient({
    adapter: new PrismaMariaDb({
      host: hostname,
      port: Number(port || 3306),
      user: username,
      database: pathname.slice(1),
      acquireTimeout: 500,
    }),
  });
}

column(server, 'Prisma, $executeRaw', (url) => {
  const prisma = open(url);
  return { run: (sql) => prisma.$executeRawUnsafe(sql), close: () => prisma.$disconnect() };
});
