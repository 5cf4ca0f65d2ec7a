import { MikroORM } from '@mikro-orm/mariadb';
import { drizzle } from 'drizzle-orm/mysql2';
import { sql as raw } from 'drizzle-orm';
import knex from 'knex';
import * as mariadb from 'mariadb';
import mysql from 'mysql2/promise';
import { Sequelize } from 'sequelize';
import { DataSource } from 'typeorm';
import { column } from '../support/cells.js';
import { server } from '../support/mariadb.js';

column(server, 'mysql2 3, a connection', async (url) => {
  const client = await mysql.createConnection(url);
  return { run: (sql) => client.query(sql), close: () => client.end() };
});

column(server, 'mysql2 3, a pool', (url) => {
  const client = mysql.createPool(url);
  return { run: (sql) => client.query(sql), close: () => client.end() };
});

column(server, 'mariadb 3, a connection', async (url) => {
  const client = await mariadb.createConnection(url.replace('mysql:', 'mariadb:'));
  client.on('error', () => undefined);
  return { run: (sql) => client.query(sql), close: () => client.end() };
});

column(server, 'mariadb 3, a pool', (url) => {
  const { hostname, port, username, pathname } = new URL(url);
  const client = mariadb.createPool({
    host: hostname,
    port: Number(port || 3306),
    user: username,
    database: pathname.slice(1),
    acquireTimeout: 500,
  });
  return { run: (sql) => client.query(sql), close: () => client.end() };
});

column(server, 'Drizzle 0.45 with mysql2', (url) => {
  const client = mysql.createPool(url);
  const db = drizzle(client);
  return { run: (sql) => db.execute(raw.raw(sql)), close: () => client.end() };
});

column(server, 'TypeORM 1', async (url) => {
  const source = new DataSource({ type: 'mariadb', url });
  await source.initialize();
  return { run: (sql) => source.query(sql), close: () => source.destroy() };
});

column(server, 'MikroORM 6', async (url) => {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
  });
  return { run: (sql) => orm.em.getConnection().execute(sql), close: () => orm.close() };
});

column(server, 'Sequelize 6', (url) => {
  const sequelize = new Sequelize(url, { logging: false });
  return { run: (sql) => sequelize.query(sql), close: () => sequelize.close() };
});

column(server, 'Knex 3', (url) => {
  const db = knex({ client: 'mysql2', connection: url });
  return { run: async (sql) => await db.raw(sql), close: () => db.destroy() };
});
