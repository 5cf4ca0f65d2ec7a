import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ApolloClient, CombinedGraphQLErrors, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { GraphQLClient } from 'graphql-request';
import { readGraphqlErrors } from 'nestjs-api-errors/graphql';
import { readSocketError } from 'nestjs-api-errors/websockets';
import { approaches, graphql, post, servers } from './graphql.support.js';
import { rows } from './rows.js';
import { connect, connectIo, type Kind, startGateway } from './sockets.support.js';
import { start } from './support.js';

function apollo(url: string, headers: Record<string, string> = {}): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri: `${url}/graphql`, headers }),
    cache: new InMemoryCache(),
    defaultOptions: { query: { fetchPolicy: 'no-cache' } },
  });
}

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => assert.fail('nothing was thrown'),
    (error: unknown) => error,
  );

for (const [server, platform] of servers) {
  for (const approach of approaches) {
    describe(`clients of ${server} on ${platform}, ${approach}`, () => {
      const running = () => start(graphql(server, approach), platform);

      it('@apollo/client has each row, to be read by its code', async () => {
        const { url } = await running();
        const client = apollo(url);
        for (const [row, [status, code]] of rows.entries()) {
          const query = gql(`{ fail(row: ${row}) }`);
          const thrown = await thrownBy(client.query({ query }));
          const [error, ...further] = readGraphqlErrors(thrown);
          assert.equal(further.length, 0, String(thrown));
          assert.deepEqual([error?.status, error?.code, error?.path], [status, code, ['fail']]);
        }
        const { error } = await client.query({
          query: gql('{ fail(row: 12) }'),
          errorPolicy: 'all',
        });
        assert.ok(CombinedGraphQLErrors.is(error));
        assert.equal(readGraphqlErrors({ error })[0]?.code, 'BOOK_NOT_EXIST');
        client.stop();
      });

      it('graphql-request has each row, to be read by its code', async () => {
        const { url } = await running();
        const client = new GraphQLClient(`${url}/graphql`);
        for (const [row, [status, code]] of rows.entries()) {
          const thrown = await thrownBy(client.request(`{ fail(row: ${row}) }`));
          assert.deepEqual(
            readGraphqlErrors(thrown).map((error) => [error.status, error.code]),
            [[status, code]],
            String(thrown),
          );
        }
      });

      it('have the challenge of a refused token, and none of the contract where GraphQL refuses', async () => {
        const { url } = await running();
        const client = apollo(url, { authorization: 'Bearer reader' });
        const thrown = await thrownBy(client.query({ query: gql('{ minesRequired }') }));
        const [error] = readGraphqlErrors(thrown);
        assert.equal(error?.status, 403, String(thrown));
        assert.equal(error.challenges[0]?.params?.['scope'], 'books.write');
        client.stop();
        const { errors } = await post(url, '{ nothing }');
        assert.equal(errors.length, 1);
        assert.deepEqual(readGraphqlErrors({ errors }), []);
      });
    });
  }
}

describe('readGraphqlErrors()', () => {
  it('reads nothing of what has no errors', () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const hostile = [
      undefined,
      null,
      1,
      'x',
      {},
      [],
      [null],
      { errors: 1 },
      { bodyText: '{' },
      revoked.proxy,
    ];
    for (const from of hostile) {
      assert.deepEqual(readGraphqlErrors(from), []);
    }
  });

  it('reads the text of an answer that a client could not take', () => {
    const errors = [
      { message: 'Gone.', extensions: { code: 'DELETED', status: 410 }, path: ['a', 0] },
    ];
    assert.deepEqual(
      readGraphqlErrors({ bodyText: JSON.stringify({ errors }) }).map(({ code, path }) => [
        code,
        path,
      ]),
      [['DELETED', ['a', 0]]],
    );
  });
});

for (const kind of ['socket.io', 'ws'] as readonly Kind[]) {
  describe(`clients of ${kind}`, () => {
    it('read each row by its code', async () => {
      const { url } = await startGateway(kind);
      const client = await connect(kind, url, 'reader');
      for (const [row, [status, code]] of rows.entries()) {
        const { event, data } = await client.ask('fail', { row });
        for (const sent of [data, { event, data }, JSON.stringify({ event, data })]) {
          const error = readSocketError(sent);
          assert.deepEqual([error?.status, error?.code], [status, code]);
        }
      }
      const lacking = readSocketError((await client.ask('write', {})).data);
      assert.equal(lacking?.challenges[0]?.params?.['scope'], 'books.write');
      assert.equal(readSocketError(await client.ask('fine', {})), undefined);
      client.close();
    });
  });
}

describe('an acknowledgement of socket.io', () => {
  it('is read by its code', async () => {
    const { url } = await startGateway('socket.io');
    const { socket } = await connectIo(url);
    const answer: unknown = await socket.timeout(5000).emitWithAck('rejected', {});
    assert.equal(readSocketError(answer)?.code, 'BOOK_NOT_EXIST');
    assert.equal(readSocketError('x'), undefined);
    assert.equal(readSocketError(null), undefined);
    socket.disconnect();
  });
});
