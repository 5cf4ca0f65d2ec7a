import { Server } from 'node:net';
import { UsageError } from './usage.error.js';

/** Milliseconds that an application may take: a module that waits for a broker may never end. */
const TIME_LIMIT = 60_000;

/**
 * Does what is to be done with an entry, in finite time and while no server can start: one that is
 * told to listen is the end of it, and never listens.
 *
 * @throws UsageError where a server starts, or nothing happens any more.
 * @internal
 */
export async function refuseServers<Result>(
  entry: string,
  act: () => Promise<Result>,
): Promise<Result> {
  // oxlint-disable-next-line typescript/unbound-method -- put back as it was
  const { listen } = Server.prototype;
  let timer: NodeJS.Timeout | undefined;
  const refused = new Promise<never>((_resolve, reject) => {
    Server.prototype.listen = function refuse(this: Server) {
      reject(
        new UsageError(
          `${entry} starts a server; name the file of the root module in its place, such as ` +
            'dist/app.module.js',
        ),
      );
      return this;
    };
    timer = setTimeout(
      () => reject(new UsageError(`${entry} did not end loading in ${TIME_LIMIT / 1000} s`)),
      TIME_LIMIT,
    );
  });
  try {
    return await Promise.race([act(), refused]);
  } finally {
    clearTimeout(timer);
    Server.prototype.listen = listen;
  }
}
