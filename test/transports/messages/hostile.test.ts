import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Metadata } from '@grpc/grpc-js';
import { ApiException, UnauthorizedException } from 'nestjs-api-errors';
import { readGrpcError, rebuildError } from 'nestjs-api-errors/grpc';
import { rebuildErrors, withRebuiltErrors } from 'nestjs-api-errors/microservices';
import { firstValueFrom } from 'rxjs';
import { type Gateway, startGateway } from './gateway.js';
import { messageClient, transports } from './support.js';

/* A service that sends what it likes, over a real connection: what a gateway makes of it is bounded. */

const contract = { status: 404, message: 'm', code: 'NOT_FOUND', description: 'd' };

/** What is sent, with what the gateway answers: a status and a code. */
const cases: Readonly<Record<string, { sent: string; answer: string }>> = {
  text: { sent: '"There is nobody."', answer: '502 BAD_GATEWAY' },
  'Nest’s own': {
    sent: '{"status":"error","message":"Internal server error"}',
    answer: '502 BAD_GATEWAY',
  },
  'a status below 400': { sent: json({ ...contract, status: 302 }), answer: '502 BAD_GATEWAY' },
  'a status above 599': { sent: json({ ...contract, status: 1000 }), answer: '502 BAD_GATEWAY' },
  'a status that is a text': {
    sent: json({ ...contract, status: '404' }),
    answer: '502 BAD_GATEWAY',
  },
  'a status of Nest’s': {
    sent: json({ statusCode: 404, message: 'SECRET' }),
    answer: '502 BAD_GATEWAY',
  },
  'a code that is none': {
    sent: json({ ...contract, code: 'x\r\nSet-Cookie: a' }),
    answer: '502 BAD_GATEWAY',
  },
  'a code that is too long': {
    sent: json({ ...contract, code: 'A'.repeat(65) }),
    answer: '502 BAD_GATEWAY',
  },
  'no description': { sent: json({ ...contract, description: {} }), answer: '502 BAD_GATEWAY' },
  'its own fault': {
    sent: json({ status: 500, code: 'SECRET_TABLE', description: 'SECRET' }),
    answer: '502 BAD_GATEWAY',
  },
  'a fault of its own kind': {
    sent: json({ status: 503, code: 'SECRET_TABLE', description: 'SECRET', members: 1 }),
    answer: '503 SERVICE_UNAVAILABLE',
  },
  'headers and challenges': {
    sent: json({
      ...contract,
      headers: { 'set-cookie': 'a=b' },
      challenges: [{ scheme: 'Evil', params: { realm: 'x' } }],
      retryAfter: '1\r\nSet-Cookie: a',
    }),
    answer: '404 NOT_FOUND',
  },
  'a challenge of its own': {
    sent: json({
      status: 401,
      code: 'UNAUTHORIZED',
      description: 'd',
      challenges: [{ scheme: 'Evil' }],
    }),
    answer: '401 UNAUTHORIZED',
  },
  'a prototype': {
    sent: `{"status":404,"code":"NOT_FOUND","description":"d","__proto__":{"polluted":1},"nested":{"__proto__":{"polluted":1}}}`,
    answer: '404 NOT_FOUND',
  },
  'huge texts': {
    sent: json({
      ...contract,
      description: 'd'.repeat(1_000_000),
      big: 'x'.repeat(1_000_000),
      failures: Array.from({ length: 10_000 }, () => ({
        parameter: 'p'.repeat(10_000),
        rule: 'r',
        description: 'd',
        in: 'elsewhere',
        limits: { min: {}, max: 3 },
      })),
    }),
    answer: '404 NOT_FOUND',
  },
  'failures that are none': {
    sent: json({
      ...contract,
      failures: [null, 1, { parameter: 1 }, { parameter: 'a', rule: '\n' }],
    }),
    answer: '404 NOT_FOUND',
  },
};

function json(value: object): string {
  return JSON.stringify(value);
}

describe('a service that sends what it likes', () => {
  const sockets = new Set<Socket>();
  // Nest's framing: the length of the JSON, a hash, the JSON
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (chunk) => {
      const text = String(chunk);
      const { id, data } = JSON.parse(text.slice(text.indexOf('#') + 1)) as {
        id: string;
        data: { name: string };
      };
      const reply = `{"id":"${id}","isDisposed":true,"err":${cases[data.name].sent}}`;
      socket.write(`${reply.length}#${reply}`);
    });
  });
  let client: ReturnType<typeof messageClient>;
  let gateway: Gateway;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = withRebuiltErrors(messageClient(transports[0].options(port)));
    gateway = await startGateway((name) => client.send('any', { name }).pipe(rebuildErrors()));
  });
  after(async () => {
    await gateway.app.close();
    await client.close();
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });

  for (const [name, { answer }] of Object.entries(cases)) {
    it(`is answered for with ${answer}: ${name}`, async () => {
      const { status, headers, body } = await gateway.ask(name);
      assert.equal(`${status} ${String(body['code'])}`, answer);
      const text = JSON.stringify(body);
      assert.doesNotMatch(text, /SECRET|polluted/);
      assert.ok(text.length < 100_000, `${text.length}`);
      assert.ok(String(body['description']).length <= 500);
      assert.equal(headers.get('set-cookie'), null);
      assert.equal(headers.get('www-authenticate'), status === 401 ? 'Bearer realm="api"' : null);
      assert.equal((Object.prototype as Record<string, unknown>)['polluted'], undefined);
    });
  }

  it('leaves the failed parameters that are some', async () => {
    const error = await firstValueFrom(client.send('any', { name: 'huge texts' })).catch(
      (caught: unknown) => caught as ApiException,
    );
    const { failures = [], members } = error as ApiException;
    assert.equal(failures.length, 100);
    assert.deepEqual(Object.keys(failures[0]), ['parameter', 'rule', 'limits', 'description']);
    assert.deepEqual(failures[0].limits, { max: 3 });
    assert.equal(failures[0].parameter.length, 500);
    assert.equal(members, undefined);
  });
});

describe('details of gRPC that are none', () => {
  const error = (bytes: Buffer, code = 5) => {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', bytes);
    return Object.assign(new Error('5 NOT_FOUND: d'), { code, details: 'd', metadata });
  };

  it('leaves the error as it was', () => {
    const torn = [
      [],
      [0xff],
      [0x1a, 0xff, 0xff, 0xff, 0xff, 0x0f],
      [0x1a, 0x05, 1],
      [0x0b],
      Array.from({ length: 20 }, () => 0xff),
      Array.from({ length: 100_000 }, () => 0x1a),
    ];
    for (const bytes of torn) {
      const given = error(Buffer.from(bytes));
      assert.equal(readGrpcError(given), undefined);
      assert.equal(rebuildError(given), given);
    }
  });

  it('reads nothing of what is no error at all', () => {
    for (const value of [undefined, null, 1, 'text', {}, [], () => undefined]) {
      assert.equal(readGrpcError(value), undefined);
    }
    const own = new UnauthorizedException();
    assert.equal(rebuildError(own), own);
    const fault = new TypeError('of the application');
    assert.equal(rebuildError(fault), fault);
  });
});
