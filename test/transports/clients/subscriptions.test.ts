import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { type Client, createClient, type ExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import { approaches, graphql, type SentError, servers } from './graphql.support.js';
import { OPAQUE, SECRET } from './rows.js';
import { start } from './support.js';

const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.dispose()));
});

type Ended = { events: ExecutionResult[]; error: unknown };

/** What a subscription gives until it ends. */
function subscribe(url: string, query: string, connectionParams?: object): Promise<Ended> {
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    ...(connectionParams && { connectionParams: connectionParams as Record<string, unknown> }),
  });
  clients.push(client);
  const events: ExecutionResult[] = [];
  return new Promise((resolve) => {
    client.subscribe(
      { query },
      {
        next: (event) => void events.push(event as ExecutionResult),
        error: (error) => resolve({ events, error }),
        complete: () => resolve({ events, error: undefined }),
      },
    );
  });
}

/** Errors reach a client as an event of their own, or as what ends the subscription. */
function errorsOf({ events, error }: Ended): SentError[] {
  const told = events.flatMap(({ errors = [] }) => errors as readonly SentError[]);
  return [...told, ...(Array.isArray(error) ? (error as SentError[]) : [])];
}

for (const [server, platform] of servers) {
  for (const approach of approaches) {
    describe(`subscriptions of ${server} on ${platform}, ${approach}`, () => {
      const running = (more = {}) => start(graphql(server, approach, more), platform);

      it('are refused with code and description', async () => {
        const { url, told } = await running();
        const ended = await subscribe(url, 'subscription { ticks(count: -1) }');
        const [error, ...further] = errorsOf(ended);
        assert.equal(further.length, 0, JSON.stringify(ended));
        assert.equal(error!.extensions!['code'], 'OUT_OF_RANGE', JSON.stringify(ended));
        assert.deepEqual(
          told.map(({ request }) => `${request.method} ${request.route}`),
          ['SUBSCRIPTION ticks'],
        );
      });

      it('tell nothing of what their source failed with', async () => {
        const { url } = await running();
        const ended = await subscribe(url, 'subscription { ticks(count: 2) }');
        assert.deepEqual(
          ended.events.slice(0, 2).map(({ data }) => data),
          [{ ticks: 1 }, { ticks: 2 }],
        );
        const text = JSON.stringify([ended.events, ended.error, String(ended.error)]);
        assert.ok(!text.includes(SECRET), text);
        const [error] = errorsOf(ended);
        assert.deepEqual(
          [error?.message, error?.extensions?.['code']],
          [OPAQUE, 'INTERNAL_SERVER_ERROR'],
          text,
        );
      });

      it('are guarded, and take the token of the connection', async () => {
        const { url } = await running();
        const none = await subscribe(url, 'subscription { myTicks }');
        assert.equal(errorsOf(none)[0]?.extensions?.['code'], 'UNAUTHORIZED', JSON.stringify(none));
        const params =
          server === 'apollo'
            ? { Authorization: 'Bearer reader' }
            : { headers: { authorization: 'Bearer reader' } };
        const good = await subscribe(url, 'subscription { myTicks }', params);
        assert.deepEqual(
          good.events.map(({ data }) => data),
          [{ myTicks: 1 }],
          JSON.stringify(good),
        );
      });
    });
  }
}
