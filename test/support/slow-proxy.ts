import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of another, which answers late, and counts. */
export interface SlowProxy {
  readonly url: string;
  /** Requests that came, and the most of them that were open at a time. */
  readonly seen: { count: number; most: number };
  /** Keeps what comes from now on, until it is let go. */
  hold(): void;
  letGo(): void;
  close(): Promise<void>;
}

/** @param delay - milliseconds before a request is passed on */
export async function startSlowProxy(target: string, delay: number): Promise<SlowProxy> {
  const seen = { count: 0, most: 0 };
  let open = 0;
  let held: Array<() => void> | undefined;
  const server = createServer((incoming, outgoing) => {
    seen.count += 1;
    open += 1;
    seen.most = Math.max(seen.most, open);
    outgoing.on('close', () => {
      open -= 1;
    });
    const pass = () => {
      const { method, headers, url } = incoming;
      const passed = request(new URL(url!, target), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      incoming.pipe(passed);
    };
    if (held) {
      held.push(pass);
    } else {
      setTimeout(pass, delay);
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    hold: () => {
      held = [];
    },
    letGo: () => {
      const waiting = held ?? [];
      held = undefined;
      for (const pass of waiting) {
        pass();
      }
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
