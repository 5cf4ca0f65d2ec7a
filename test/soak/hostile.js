// `npm run soak -- --hostile [seconds]`: made-up tokens, keys and proofs, malformed requests and slow
// connections beside ordinary traffic, on both adapters; then 1,000 connections that each leave a body
// of 99 KB behind. Exits 1 unless every good request was answered as ever, in at most twice the time of
// calm, nothing was left unhandled and the heap is where it was.
import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { Connection } from '../bench/connection.client.js';
import { Issuer } from '../bench/issuer.js';

const CALM_MS = 4000;
/** Ordinary callers, each of whom waits so long between two requests. */
const CALLERS = 8;
const PAUSE_MS = 10;
/** Attackers, each of whom sends so many requests in a second; and connections that stay unfinished. */
const ATTACKERS = 8;
const PER_SECOND = 25;
const SLOW = 100;
const LEFT_BEHIND = 1000;
/** Less than this is the noise of a machine that others use too. */
const NOISE_MS = 2;
const MAX_GROWTH = 12 * 1024 * 1024;
/** What Node itself takes for a connection. */
const PER_CONNECTION = 40 * 1024;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const get = (path, headers = '') => `GET ${path} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`;
const post = (path, body) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const base64 = (value) => Buffer.from(value).toString('base64url');
const jwt = (header, claims) =>
  `${base64(JSON.stringify(header))}.${base64(JSON.stringify(claims))}.${base64(randomBytes(64))}`;
const bearer = (token, scheme = 'Bearer') =>
  get('/guarded', `Authorization: ${scheme} ${token}\r\n`);

/** What is sent by who has no token, and wants the others to have no answer. */
const attacks = (issuer) => [
  () => bearer(base64(randomBytes(2000))),
  () =>
    bearer(jwt({ alg: 'RS256', typ: 'at+jwt', kid: 'RS256' }, { iss: issuer, jti: randomUUID() })),
  () => bearer(jwt({ alg: 'ES256', typ: 'at+jwt', kid: randomUUID() }, { iss: issuer })),
  () =>
    get(
      '/guarded',
      `Authorization: DPoP ${base64(randomBytes(40))}\r\nDPoP: ${jwt(
        {
          alg: 'ES256',
          typ: 'dpop+jwt',
          jwk: { kty: 'EC', crv: 'P-256', x: base64(randomBytes(32)), y: base64(randomBytes(32)) },
        },
        {
          htm: 'GET',
          htu: 'http://x/guarded',
          iat: Math.floor(Date.now() / 1000),
          jti: randomUUID(),
        },
      )}\r\n`,
    ),
  () => get('/guarded', `Authorization: Bearer ${'x '.repeat(3000)}\r\n`),
  () => get(`/${encodeURIComponent(randomBytes(200).toString('latin1'))}`),
  () => get('/%zz'),
  () => post('/create', '{"title":'),
  () => post('/create', `{"title":${'['.repeat(5000)}${']'.repeat(5000)}}`),
  () => `GET /open HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n`,
  () => 'CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n',
  () => `${get('/open')}GARBAGE\r\n\r\n`,
  () => randomBytes(200).toString('latin1'),
];

/** One ordinary caller, until it is told to stop: how long each answer took, and the wrong ones. */
async function call(port, tokens, isOver) {
  const requests = [
    [get('/open'), 200],
    [get('/missing'), 404],
    [post('/create', '{"title":"x"}'), 201],
    ...tokens.map((token) => [bearer(token), 200]),
  ];
  const connection = await Connection.open(port);
  const times = [];
  const wrong = [];
  for (let i = 0; !isOver(); i += 1) {
    const [request, status] = requests[i % requests.length];
    const started = performance.now();
    const answer = await connection.exchange(request);
    times.push(performance.now() - started);
    if (answer.status !== status) {
      wrong.push(`${answer.status} ${answer.body}`);
    }
    await wait(PAUSE_MS);
  }
  connection.close();
  return { times, wrong };
}

async function traffic(port, tokens, ms) {
  const end = performance.now() + ms;
  const isOver = () => performance.now() > end;
  const callers = await Promise.all(
    Array.from({ length: CALLERS }, () => call(port, tokens, isOver)),
  );
  const times = callers.flatMap((caller) => caller.times).toSorted((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  return {
    answers: times.length,
    wrong: callers.flatMap(({ wrong }) => wrong),
    median: at(0.5),
    p95: at(0.95),
  };
}

async function send(port, bytes) {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.end(bytes, 'latin1');
  await Promise.race([once(socket, 'close'), wait(3000)]);
  socket.destroy();
}

/** Attackers do not wait for their answers. */
async function attack(port, issuer, ms) {
  const kinds = attacks(issuer);
  const slow = Array.from({ length: SLOW }, () => connect(port, '127.0.0.1'));
  for (const socket of slow) {
    socket.on('error', () => undefined).resume();
    socket.write('POST /create HTTP/1.1\r\nHost: x\r\nX-Slow: ');
  }
  const drip = setInterval(() => slow.forEach((socket) => socket.write('x')), 500);
  const sent = [];
  const attackers = Array.from({ length: ATTACKERS }, async (_, attacker) => {
    for (let i = 0; i < (ms / 1000) * PER_SECOND; i += 1) {
      sent.push(send(port, kinds[(attacker + i) % kinds.length]()));
      await wait(1000 / PER_SECOND);
    }
  });
  await Promise.all(attackers);
  await Promise.all(sent);
  clearInterval(drip);
  slow.forEach((socket) => socket.destroy());
  return sent.length;
}

/** Connections that have all had an answer, and stay. */
async function leaveBehind(port) {
  const body = `[${'{},'.repeat(33_000)}{}]`;
  const connections = [];
  while (connections.length < LEFT_BEHIND) {
    const connection = await Connection.open(port);
    await connection.exchange(post('/nowhere', body));
    connections.push(connection);
  }
  return connections;
}

async function soak(adapter, issuer, seconds) {
  const server = fork(
    fileURLToPath(new URL('./hostile.server.js', import.meta.url)),
    [adapter, issuer.url],
    {
      execArgv: ['--expose-gc'],
    },
  );
  server.once('exit', (code) => {
    throw new Error(`The server ended with ${code}.`);
  });
  const [{ port }] = await once(server, 'message');
  const state = async () => {
    await wait(500);
    server.send('state');
    const [answer] = await once(server, 'message');
    return answer;
  };
  const tokens = await issuer.tokens('ES256', 5);
  await traffic(port, tokens, CALM_MS / 2);
  await attack(port, issuer.url, 1000);
  const calm = await traffic(port, tokens, CALM_MS);
  const before = await state();
  const [held, attacked] = await Promise.all([
    traffic(port, tokens, seconds * 1000),
    attack(port, issuer.url, seconds * 1000),
  ]);
  const after = await state();
  const connections = await leaveBehind(port);
  const full = await state();
  connections.forEach((connection) => connection.close());
  server.removeAllListeners('exit').disconnect();
  return { adapter, calm, held, attacked, before, after, full };
}

function faultsOf({ calm, held, before, after, full }) {
  return [
    ...[...calm.wrong, ...held.wrong].slice(0, 3).map((answer) => `a good request got ${answer}`),
    held.median > Math.max(2 * calm.median, calm.median + NOISE_MS) && 'slower than twice the calm',
    after.heap - before.heap > MAX_GROWTH && 'the heap grew under attack',
    full.heap - after.heap > MAX_GROWTH + LEFT_BEHIND * PER_CONNECTION && 'connections hold bodies',
    full.faults > 0 && `${full.faults} unhandled`,
  ].filter(Boolean);
}

const mib = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
const ms = ({ median, p95 }) => `${median.toFixed(2)} ms (p95 ${p95.toFixed(2)})`;

/** @param {number} seconds of attack on each adapter */
export async function hostileSoak(seconds) {
  const issuer = await Issuer.start();
  for (const adapter of ['express', 'fastify']) {
    const result = await soak(adapter, issuer, seconds);
    const { calm, held, attacked, before, after, full } = result;
    const faults = faultsOf(result);
    process.exitCode = faults.length > 0 ? 1 : process.exitCode;
    process.stdout.write(
      `${faults.length > 0 ? 'FAILED' : 'ok    '} ${adapter}: ${attacked} attacks, ${SLOW} slow connections, ` +
        `${held.answers} good answers; calm ${ms(calm)}, under attack ${ms(held)}; ` +
        `heap ${mib(before.heap)} → ${mib(after.heap)}, with ${LEFT_BEHIND} bodies left behind ${mib(full.heap)}` +
        `${faults.map((fault) => `\n       ${fault}`).join('')}\n`,
    );
  }
  issuer.stop();
}
