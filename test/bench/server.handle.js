import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/** An application under test, in a process of its own. */
export class ServerHandle {
  #process;
  /** @type {number} */
  port;

  /**
   * @param {import('node:child_process').ChildProcess} process
   * @param {number} port
   */
  constructor(process, port) {
    this.#process = process;
    this.port = port;
  }

  /**
   * @param {'express' | 'fastify'} adapter
   * @param {typeof import('./applications.js').APPLICATIONS[string]} application
   * @param {{ profile?: string, issuer?: string }} options
   */
  static async start(adapter, { app, options = {} }, { profile, issuer }) {
    const json = JSON.stringify({
      ...options,
      issuer,
      profile: profile && `${profile}/${adapter}-${app}`,
    });
    const child = fork(SERVER, [adapter, app, json], {
      // What an application logs goes nowhere, at the price of writing it
      stdio: ['ignore', 'ignore', options.logger ? 'ignore' : 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const [message] = await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => {
        throw new Error(`The application ${app} did not start on ${adapter}.`);
      }),
    ]);
    return new ServerHandle(child, message.port);
  }

  /** @returns {Promise<number>} microseconds of CPU time so far, of all threads */
  async cpuTime() {
    const answer = once(this.#process, 'message');
    this.#process.send('cpu');
    const [{ cpu }] = await answer;
    return cpu;
  }

  async stop() {
    const exit = once(this.#process, 'exit');
    this.#process.disconnect();
    await exit;
  }
}
