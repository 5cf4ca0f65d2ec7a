import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { after, before, describe } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { createClient } from '@libsql/client';
import Database from 'better-sqlite3';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import mssql from 'mssql';
import mysql from 'mysql2/promise';
import pg from 'pg';
import postgres from 'postgres';
import { Sequelize } from 'sequelize';
import { cells } from '../support/rows.js';

/*
 * Databases that are not there, of all drivers: what refuses the connection, hangs up or never says
 * anything is a real socket. No server is needed.
 */

const DOWN = '503 SERVICE_UNAVAILABLE';

const sockets = new Set<Socket>();
let silent: Server;
let hangingUp: Server;
const portOf = (server: Server) => (server.address() as AddressInfo).port;

before(async () => {
  silent = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  hangingUp = createServer((socket) => socket.on('data', () => socket.end())).listen(
    0,
    '127.0.0.1',
  );
  await Promise.all([once(silent, 'listening'), once(hangingUp, 'listening')]);
});
after(() => {
  for (const socket of sockets) {
    socket.destroy();
  }
  silent.close();
  hangingUp.close();
});

const at = (server: Server) => ({ host: '127.0.0.1', port: portOf(server), user: 'any' });

async function pooled(options: pg.PoolConfig): Promise<void> {
  const pool = new pg.Pool(options);
  try {
    await pool.query('select 1');
  } finally {
    await pool.end();
  }
}

describe('pg 8', () => {
  cells({
    'never answers, a client': [
      DOWN,
      () => new pg.Client({ ...at(silent), connectionTimeoutMillis: 20 }).connect(),
    ],
    'never answers, a pool': [DOWN, () => pooled({ ...at(silent), connectionTimeoutMillis: 20 })],
    'hangs up': [DOWN, () => pooled(at(hangingUp))],
    'a pool that was ended': [
      DOWN,
      async () => {
        const pool = new pg.Pool(at(silent));
        await pool.end();
        await pool.query('select 1');
      },
    ],
    // The two addresses of a name are tried one after the other, and an AggregateError has both
    'refused by a name': [DOWN, () => pooled({ host: 'localhost', port: 1, user: 'any' })],
  });
});

describe('postgres 3', () => {
  const sql = (server: Server) =>
    postgres({ ...at(server), max: 1, connect_timeout: 0.02, onclose: () => undefined });
  cells({
    'never answers': [DOWN, async () => await sql(silent)`select 1`],
    ended: [
      DOWN,
      async () => {
        const ended = sql(silent);
        await ended.end({ timeout: 0 });
        await ended`select 1`;
      },
    ],
  });
});

describe('PGlite 0.5', () => {
  cells({
    closed: [
      DOWN,
      async () => {
        const db = await PGlite.create();
        await db.close();
        await db.query('select 1');
      },
    ],
  });
});

describe('mysql2 3', () => {
  cells({
    'never answers': [DOWN, () => mysql.createConnection({ ...at(silent), connectTimeout: 20 })],
    'a pool that was ended': [
      DOWN,
      async () => {
        const pool = mysql.createPool(at(silent));
        await pool.end();
        await pool.query('select 1');
      },
    ],
  });
});

describe('better-sqlite3 12', () => {
  cells({
    closed: [
      DOWN,
      async () => {
        const db = new Database(':memory:');
        db.close();
        db.exec('select 1');
      },
    ],
    'a file that cannot be opened': [DOWN, async () => new Database('/proc/none.db')],
  });
});

describe('@libsql/client 0.18', () => {
  cells({
    'a file that cannot be opened': [
      DOWN,
      () => createClient({ url: 'file:/proc/none.db' }).execute('select 1'),
    ],
  });
});

describe('mssql 12', () => {
  const connect = (port: number) =>
    new mssql.ConnectionPool({
      server: '127.0.0.1',
      port,
      user: 'any',
      password: 'any',
      connectionTimeout: 200,
      options: { encrypt: false },
    }).connect();
  cells({
    refused: [DOWN, () => connect(2)],
    'never answers': [DOWN, () => connect(portOf(silent))],
    'not connected': [
      DOWN,
      () => new mssql.ConnectionPool({ server: '127.0.0.1' }).query('select 1'),
    ],
  });
});

describe('mongodb 7', () => {
  const options = { serverSelectionTimeoutMS: 30 };
  cells({
    refused: [DOWN, () => new MongoClient('mongodb://127.0.0.1:2', options).connect()],
    closed: [
      DOWN,
      async () => {
        const client = new MongoClient('mongodb://127.0.0.1:2', options);
        await client.close();
        await client.db('any').collection('books').findOne();
      },
    ],
  });
});

describe('mongoose 9', () => {
  cells({
    refused: [
      DOWN,
      () =>
        mongoose
          .createConnection('mongodb://127.0.0.1:2', { serverSelectionTimeoutMS: 30 })
          .asPromise(),
    ],
    'never connected': [
      DOWN,
      () =>
        mongoose
          .createConnection()
          .model('Book', new mongoose.Schema({}, { bufferTimeoutMS: 10 }))
          .find(),
    ],
  });
});

describe('Sequelize 6', () => {
  cells({
    'refused by PostgreSQL': [
      DOWN,
      () => new Sequelize('postgres://127.0.0.1:2/any', { logging: false }).authenticate(),
    ],
    'refused by MySQL': [
      DOWN,
      () => new Sequelize('mysql://127.0.0.1:2/any', { logging: false }).authenticate(),
    ],
  });
});

describe('What is no database is nobody’s but a fault', () => {
  const BUG = '500 INTERNAL_SERVER_ERROR';
  cells({
    // 1 is among the ports of databases here: fetch says that it was not one's
    'fetch, refused': [BUG, () => fetch('http://127.0.0.1:1/')],
    'fetch, hung up on': [BUG, () => fetch(`http://127.0.0.1:${portOf(hangingUp)}/`)],
  });
});
