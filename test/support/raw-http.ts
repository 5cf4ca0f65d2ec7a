import { connect } from 'node:net';

export interface RawExchange {
  /** All that the server sent before it closed, or before the time was up. */
  readonly text: string;
  readonly closed: boolean;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Sends bytes over a connection of its own and reads until the server closes it, or `ms` pass. */
export function exchange(port: number, bytes: string | Buffer, ms = 3000): Promise<RawExchange> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const chunks: Buffer[] = [];
    let closed = false;
    const finish = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text: Buffer.concat(chunks).toString('latin1'), closed });
    };
    const timer = setTimeout(finish, ms);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      closed = true;
      finish();
    });
  });
}

/** Splits what a server sent into its responses; fails on what is no HTTP/1.1 with Content-Length. */
export function parseResponses(text: string): RawResponse[] {
  const responses: RawResponse[] = [];
  for (let rest = text; rest !== '';) {
    const end = rest.indexOf('\r\n\r\n');
    const [statusLine, ...lines] = rest.slice(0, end).split('\r\n');
    const status = /^HTTP\/1\.1 (\d{3}) .*$/.exec(statusLine ?? '');
    if (end === -1 || !status) {
      throw new Error(`no HTTP response: ${JSON.stringify(rest.slice(0, 200))}`);
    }
    const headers = Object.fromEntries(
      lines.map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        line.slice(line.indexOf(':') + 1).trim(),
      ]),
    );
    const length = Number(headers['content-length'] ?? Number.NaN);
    if (Number.isNaN(length)) {
      throw new Error(`no Content-Length: ${JSON.stringify(rest.slice(0, 200))}`);
    }
    const start = end + 4;
    responses.push({ status: Number(status[1]), headers, body: rest.slice(start, start + length) });
    rest = rest.slice(start + length);
  }
  return responses;
}
