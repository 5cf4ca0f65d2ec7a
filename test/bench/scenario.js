/**
 * @typedef {'express' | 'fastify'} Adapter
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {string} on the application that it runs on
 * @property {(index: number) => string} request the whole HTTP request of an index that rises
 * @property {{ status: number, says: string }} answer what shows that it is the answer meant
 * @property {Partial<Record<Adapter, number>>} [target] the most that ours may cost of this one
 * @property {readonly Adapter[]} [adapters] where it exists
 *
 * @typedef {object} Scenario
 * @property {string} title
 * @property {readonly Contender[]} contenders ours first, then what it is compared with
 *
 * @typedef {object} Group scenarios that share processes
 * @property {readonly Scenario[]} scenarios
 * @property {number} requests of a measured block
 * @property {number} repeats how often the processes are made anew
 */

/**
 * A GET request.
 *
 * @param {string} path
 * @param {string} [authorization]
 */
export function get(path, authorization) {
  const credentials = authorization === undefined ? '' : `Authorization: ${authorization}\r\n`;
  return `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${credentials}\r\n`;
}

/**
 * A POST request of JSON.
 *
 * @param {string} path
 * @param {unknown} value
 */
export function post(path, value) {
  const body = JSON.stringify(value);
  const head = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}`;
  return `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${head}\r\n\r\n${body}`;
}
