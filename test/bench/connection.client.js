import { once } from 'node:events';
import { connect } from 'node:net';

const END_OF_HEAD = '\r\n\r\n';

/**
 * One keep-alive connection, one exchange at a time: as little work as a client can make, for it
 * shares the machine with the server that is measured.
 */
export class Connection {
  #socket;
  #received = '';
  /** @type {{ resolve(response: { status: number, body: string, closes: boolean }): void, reject(error: Error): void } | undefined} */
  #waiting;

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (text) => this.#take(text));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () =>
      this.#waiting?.reject(new Error('The server closed a connection before it answered.')),
    );
  }

  /** @param {number} port */
  static async open(port) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** @param {string} request the whole of it, head and body */
  exchange(request) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request, 'latin1');
    });
  }

  close() {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  /** @param {string} text */
  #take(text) {
    this.#received += text;
    const end = this.#received.indexOf(END_OF_HEAD);
    if (end === -1) {
      return;
    }
    const head = this.#received.slice(0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) {
      this.#waiting?.reject(new Error(`An answer has no Content-Length:\n${head}`));
      return;
    }
    const body = this.#received.slice(end + END_OF_HEAD.length);
    if (body.length >= Number(length)) {
      this.#received = '';
      const closes = /\r\nconnection: close/i.test(head);
      this.#waiting?.resolve({ status: Number(head.slice(9, 12)), body, closes });
    }
  }
}
