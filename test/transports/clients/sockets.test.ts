import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, it } from 'node:test';
import { errorCoverage } from 'nestjs-api-errors/testing';
import { OPAQUE, rows, unknown } from './rows.js';
import { WebSocketGateway } from '@nestjs/websockets';
import {
  BooksGateway,
  connect,
  connectIo,
  connectWs,
  type Kind,
  startGateway,
} from './sockets.support.js';
import { eventually } from './support.js';

for (const kind of ['socket.io', 'ws'] as readonly Kind[]) {
  describe(`a gateway of ${kind}`, () => {
    const running = async (options = {}, token?: string) => {
      const started = await startGateway(kind, options);
      const client = await connect(kind, started.url, token);
      return { ...started, client };
    };

    it('tells each row of the contract as the event exception', async () => {
      const { client, told } = await running();
      for (const [row, [status, code]] of rows.entries()) {
        const { event, data } = await client.ask('fail', { row });
        assert.deepEqual([event, data['status'], data['code']], ['exception', status, code]);
        assert.equal(data['message'], data['description']);
        assert.deepEqual(
          Object.keys(data).filter((key) => !['retryAfter', 'challenges'].includes(key)),
          ['code', 'description', 'status', 'message'],
        );
      }
      assert.deepEqual(
        told.map(({ code, request }) => [code, request.method, request.route]),
        rows.map(([, code]) => [code, 'WS', 'fail']),
      );
      client.close();
    });

    it('tells nothing of what is no exception, and nothing of what was sent', async () => {
      const { client, told, log } = await running();
      for (const index of unknown.keys()) {
        const { event, data } = await client.ask('unknown', { index, mine: 'sent' });
        assert.deepEqual(
          [event, data],
          [
            'exception',
            { code: 'INTERNAL_SERVER_ERROR', description: OPAQUE, status: 500, message: OPAQUE },
          ],
        );
      }
      assert.deepEqual(
        told.map(({ thrown }) => thrown),
        unknown,
      );
      assert.equal(log.filter((line) => line.includes('500 INTERNAL')).length, unknown.length);
      assert.ok(!log.some((line) => line.includes('sent')));
      client.close();
    });

    it('answers promises, guards, pipes and messages that are not valid', async () => {
      const { client } = await running({ body: { failures: true } });
      const codeOf = async (event: string, data: unknown) =>
        (await client.ask(event, data)).data['code'];
      assert.equal(await codeOf('rejected', {}), 'BOOK_NOT_EXIST');
      assert.equal(await codeOf('closed', {}), 'FORBIDDEN');
      assert.equal(await codeOf('page', { size: 'x' }), 'INVALID_PARAMETER');
      const { data } = await client.ask('add', { isbn: 'x' });
      assert.deepEqual(
        [data['code'], data['description']],
        ['INVALID_PARAMETER', 'isbn must be an ISBN.'],
      );
      assert.equal((data['failures'] as { parameter: string }[])[0]!.parameter, 'isbn');
      assert.deepEqual(await client.ask('add', { isbn: '9780131103627' }), {
        event: 'added',
        data: '9780131103627',
      });
      client.close();
    });

    it('answers an Observable that fails midway, after what it gave', async () => {
      const { client } = await running();
      const part = await client.ask('stream', {});
      assert.deepEqual(part, { event: 'part', data: 1 });
      const { data } = await client.ask('rejected', {});
      // The error of the stream is on its way before
      assert.ok(['INTERNAL_SERVER_ERROR', 'BOOK_NOT_EXIST'].includes(String(data['code'])));
      client.close();
    });

    it("lets a WsException of the application's pass as Nest has it, without what was sent", async () => {
      const { client, told } = await running();
      assert.deepEqual(await client.ask('own', {}), {
        event: 'exception',
        data: { status: 'error', message: 'In its own words.' },
      });
      assert.deepEqual(await client.ask('own', { object: true }), {
        event: 'exception',
        data: { code: 'OWN', hint: 'kept' },
      });
      assert.deepEqual(told, []);
      client.close();
    });

    it('takes the token of the handshake, and tells how it was refused', async () => {
      const { url, client } = await running();
      const none = await client.ask('mine', {});
      assert.deepEqual([none.data['code'], none.data['status']], ['UNAUTHORIZED', 401]);
      assert.deepEqual((await client.ask('open', {})).event, 'opened');
      client.close();
      const reader = await connect(kind, url, 'reader');
      assert.deepEqual(await reader.ask('mine', {}), { event: 'mine', data: 'reader' });
      const lacking = await reader.ask('write', {});
      assert.deepEqual([lacking.data['code'], lacking.data['status']], ['FORBIDDEN', 403]);
      assert.match(String(lacking.data['challenges']), /insufficient_scope.*scope="books.write"/);
      reader.close();
      const stranger = await connect(kind, url, 'stranger');
      const refused = await stranger.ask('mine', {});
      assert.equal(refused.data['status'], 401);
      assert.match(String(refused.data['challenges']), /invalid_token/);
      stranger.close();
    });

    it('finds what a handler throws and does not declare, and counts what it does', async () => {
      const { client, log, app } = await running();
      const coverage = errorCoverage(app);
      await client.ask('undeclared', {});
      await client.ask('rejected', {});
      const warnings = log.filter((line) => line.includes('does not declare'));
      assert.equal(warnings.length, 1);
      assert.match(
        warnings[0]!,
        /WS undeclared answered 409 CONFLICT, which BooksGateway\.undeclared\(\) does not/,
      );
      const declared = coverage.declared.filter(({ code }) => code === 'BOOK_NOT_EXIST');
      assert.deepEqual(declared.map(({ operation }) => operation).toSorted(), [
        'WS rejected',
        'WS undeclared',
      ]);
      const missing = coverage.missing.filter(({ code }) => code === 'BOOK_NOT_EXIST');
      assert.deepEqual(
        missing.map(({ operation }) => operation),
        ['WS undeclared'],
      );
      client.close();
    });

    it('lives on after messages that are no messages', async () => {
      const { client, url, app } = await running();
      const deep = JSON.parse(`${'['.repeat(2000)}1${']'.repeat(2000)}`) as unknown;
      const hostile = [
        null,
        0,
        '',
        'x'.repeat(500_000),
        deep,
        { __proto__: null, row: {} },
        [],
        true,
      ];
      for (const data of hostile) {
        const { event } = await client.ask('add', data);
        assert.equal(event, 'exception');
      }
      if (kind === 'ws') {
        const { socket } = await connectWs(url);
        for (const text of ['{', '[]', 'null', '{"event":{}}', '{"event":"fail"}', '\u0000']) {
          socket.send(text);
        }
        socket.send(Buffer.from([1, 2, 3]));
        socket.terminate();
      } else {
        const { socket } = await connectIo(url);
        socket.emit('fail');
        socket.emit('fail', Buffer.from([1]), 'not a function');
        socket.emit('rejected', { ack: 'text' });
        socket.emit('rejected', [() => undefined]);
        socket.disconnect();
      }
      assert.deepEqual(await client.ask('fine', {}), { event: 'fine', data: 'yes' });
      assert.ok(app);
      client.close();
    });
  });
}

describe('acknowledgements of socket.io', () => {
  it('have the error of each row, where the client asked for one, and no event', async () => {
    const { url } = await startGateway('socket.io');
    const { socket } = await connectIo(url);
    const events: string[] = [];
    socket.onAny((event: string) => events.push(event));
    for (const [row, [status, code]] of rows.entries()) {
      const answer = (await socket.timeout(5000).emitWithAck('fail', { row })) as Record<
        string,
        unknown
      >;
      assert.deepEqual([answer['status'], answer['code']], [status, code]);
    }
    assert.deepEqual(events, []);
    socket.disconnect();
  });

  it('have what an Observable gave first, and the event tells of its failing later', async () => {
    const { url } = await startGateway('socket.io');
    const { socket } = await connectIo(url);
    const events: unknown[] = [];
    socket.on('exception', (error: { code: string }) => events.push(error.code));
    assert.equal(await socket.timeout(5000).emitWithAck('acknowledged', {}), 'first');
    await eventually(() => events.length > 0);
    assert.deepEqual(events, ['BOOK_NOT_EXIST']);
    socket.disconnect();
  });

  it('have what a WsException says', async () => {
    const { url } = await startGateway('socket.io');
    const { socket } = await connectIo(url);
    assert.deepEqual(await socket.timeout(5000).emitWithAck('own', {}), {
      status: 'error',
      message: 'In its own words.',
    });
    socket.disconnect();
  });
});

describe('auth.token of socket.io', () => {
  it('is verified as a header would be', async () => {
    const { url } = await startGateway('socket.io');
    const ask = async (auth: object, headers = {}) => {
      const { socket } = await connectIo(url, { auth, headers });
      const answer = (await socket
        .timeout(5000)
        .emitWithAck('write', {})
        .catch(() => 'passed')) as {
        code?: string;
        status?: number;
      };
      socket.disconnect();
      return answer.status;
    };
    assert.equal(await ask({}), 401);
    assert.equal(await ask({ token: 'stranger' }), 401);
    assert.equal(await ask({ token: 'reader' }), 403);
    assert.equal(await ask({ token: { nested: true } }), 400);
    assert.equal(await ask({ token: 'a b' }), 400);
    assert.equal(await ask({ token: 'writer' }, { authorization: 'Bearer writer' }), 400);
  });
});

describe('ws on a port of its own', () => {
  it('has the token of the handshake, too', async () => {
    const port = await freePort();
    class OwnGateway extends BooksGateway {}
    WebSocketGateway(port)(OwnGateway);
    await startGateway('ws', {}, OwnGateway);
    const client = await connect('ws', `http://127.0.0.1:${port}`, 'reader');
    assert.deepEqual(await client.ask('mine', {}), { event: 'mine', data: 'reader' });
    assert.equal((await client.ask('write', {})).data['status'], 403);
    client.close();
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
