import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const open = new Set();

/** Listens on a port of its own on the loopback interface. */
async function listen(server) {
  const sockets = new Set();
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    sockets.add(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.add({ server, sockets });
  return server.address().port;
}

/** A port that nobody listens on. */
export async function refusing() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Takes connections and never says a word. */
export const hanging = () => listen(createServer());

/** Breaks off as soon as it is asked something. */
export const breaking = () =>
  listen(createServer((socket) => socket.once('data', () => socket.destroy())));

/** What no caller may read. */
export const SECRET = 'SECRET-OF-THE-UPSTREAM';

/** Answers with the status of its path, in this contract's words and with more that is nobody's business. */
export const answering = () =>
  listen(
    createHttpServer(({ url }, response) => {
      const [, status = '500'] = /(\d{3})/.exec(url) ?? [];
      response.writeHead(Number(status), {
        'Content-Type': 'application/json',
        'Retry-After': '7',
        'X-Request-Id': SECRET,
      });
      response.end(
        JSON.stringify({ code: 'BOOK_NOT_EXIST', description: 'No such book.', more: SECRET }),
      );
    }),
  );

export async function closeServers() {
  for (const { server, sockets } of open) {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  }
  open.clear();
}
