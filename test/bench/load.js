import { Connection } from './connection.client.js';

const CONNECTIONS = 10;

/** Requests of a block that are not measured: they wake up a server that stood idle. */
export const PRIMING_REQUESTS = 4 * CONNECTIONS;

/**
 * Sends a block of requests, ten at a time, and asks what they cost.
 *
 * @param {import('./server.handle.js').ServerHandle} server
 * @param {import('./scenario.js').Contender} contender
 * @param {() => string} nextRequest
 * @param {number} count
 * @returns {Promise<import('./server.handle.js').Cost>} per request
 */
export async function measureBlock(server, contender, nextRequest, count) {
  const connections = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => Connection.open(server.port)),
  );
  const send = (requests) => exchangeAll(connections, contender, nextRequest, requests);
  try {
    await send(PRIMING_REQUESTS);
    const { cpu, instructions } = await server.costOf(() => send(count));
    return { cpu: cpu / count, instructions: instructions && instructions / count };
  } finally {
    for (const connection of connections) {
      connection.close();
    }
  }
}

async function exchangeAll(connections, contender, nextRequest, count) {
  let left = count;
  await Promise.all(
    connections.map(async (connection) => {
      while (left > 0) {
        left -= 1;
        // oxlint-disable-next-line no-await-in-loop -- a connection carries one exchange at a time
        check(await connection.exchange(nextRequest()), contender);
      }
    }),
  );
}

/** A figure for an answer that was not the one meant would be worse than none. */
function check({ status, body }, { name, answer }) {
  if (status !== answer.status || !body.includes(answer.says)) {
    throw new Error(
      `${name} answered ${status} ${body}; expected ${answer.status} … ${answer.says} …`,
    );
  }
}
