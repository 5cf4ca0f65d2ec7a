// `npm run soak -- [requests]`: mixed errors from 50 connections, some of which are cut, on both
// adapters. Exits 1 unless every request was answered once, nothing was left unhandled and the heap
// is where it was. `npm run soak -- --hostile [seconds]`: see hostile.js.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Connection } from '../bench/connection.client.js';
import { hostileSoak } from './hostile.js';

const CONNECTIONS = 50;
/** What the heap may grow by from the first tenth of the run to its end. */
const MAX_GROWTH = 8 * 1024 * 1024;
const total = Number(process.argv[2] ?? 200_000);

const json = (body) =>
  `POST /create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
const get = (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`;

const requests = [
  [get('/ours'), 404],
  [get('/nests'), 409],
  [get('/unauthorized'), 401],
  [get('/fault'), 500],
  [get('/text'), 500],
  [get('/nothing/here'), 404],
  [get('/%zz'), 400],
  [json('{"title":7}'), 400],
  [json('{"title"'), 400],
];
/** Sends part of an upload and goes away: nothing to answer, and nothing to leak. */
async function abort(port) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(
    'POST /create HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  socket.destroy();
}

async function load(port, count) {
  let connection = await Connection.open(port);
  let wrong = 0;
  for (let i = 0; i < count; i += 1) {
    const [request, status] = requests[i % requests.length];
    const answer = await connection.exchange(request);
    const body = JSON.parse(answer.body);
    wrong += answer.status === status && Object.keys(body).join() === 'code,description' ? 0 : 1;
    if (answer.closes) {
      connection.close();
      connection = await Connection.open(port);
    }
    if (i % 500 === 499) {
      await abort(port);
    }
  }
  connection.close();
  return wrong;
}

async function soak(adapter) {
  const server = fork(fileURLToPath(new URL('./server.js', import.meta.url)), [adapter], {
    execArgv: ['--expose-gc'],
  });
  const [{ port }] = await once(server, 'message');
  const state = async () => {
    server.send('state');
    const [answer] = await once(server, 'message');
    return answer;
  };
  const round = async (count) => {
    const each = Math.floor(count / CONNECTIONS);
    const wrong = await Promise.all(Array.from({ length: CONNECTIONS }, () => load(port, each)));
    return { sent: each * CONNECTIONS, wrong: wrong.reduce((sum, n) => sum + n, 0) };
  };
  const first = await round(total / 10);
  const before = await state();
  const rest = await round((total * 9) / 10);
  const after = await state();
  server.disconnect();
  return {
    adapter,
    sent: first.sent + rest.sent,
    wrong: first.wrong + rest.wrong,
    reported: after.reported,
    aborted: after.reported - first.sent - rest.sent,
    faults: after.faults,
    connections: after.connections,
    growth: after.heap - before.heap,
  };
}

async function mixedSoak() {
  let failed = false;
  for (const adapter of ['express', 'fastify']) {
    const result = await soak(adapter);
    const healthy =
      result.wrong === 0 &&
      result.faults === 0 &&
      result.connections === 0 &&
      result.growth < MAX_GROWTH &&
      result.aborted >= 0;
    failed ||= !healthy;
    process.stdout.write(
      `${healthy ? 'ok    ' : 'FAILED'} ${JSON.stringify({ ...result, growth: `${(result.growth / 1024 / 1024).toFixed(2)} MiB` })}\n`,
    );
  }
  process.exitCode = failed ? 1 : 0;
}

const [first, seconds = '60'] = process.argv.slice(2);
await (first === '--hostile' ? hostileSoak(Number(seconds)) : mixedSoak());
