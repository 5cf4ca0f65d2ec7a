import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { canCount, instructionsOf } from './instructions.js';

const SERVER = fileURLToPath(new URL('server.js', import.meta.url));

/**
 * @typedef {object} Cost
 * @property {number} cpu microseconds of CPU time
 * @property {number} [instructions] where the machine counts them
 */

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
      // With helpers, what two processes of the same code cost differs by a fifth
      execArgv: ['--single-threaded-gc'],
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

  /**
   * @param {() => Promise<void>} act
   * @returns {Promise<Cost>}
   */
  async costOf(act) {
    const before = await this.#cpuTime();
    const instructions = canCount ? await instructionsOf(this.#process.pid, act) : await act();
    return { cpu: (await this.#cpuTime()) - before, instructions };
  }

  /** Microseconds so far, of all threads. */
  async #cpuTime() {
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
