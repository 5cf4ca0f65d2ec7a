import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server of JSON documents, for metadata that no real authorization server would publish. */
export interface DocumentServer {
  readonly url: string;
  /** Documents by path; what is not in here is answered 404. */
  readonly documents: Map<string, unknown>;
  /** Paths of the requests that came, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function startDocumentServer(): Promise<DocumentServer> {
  const documents = new Map<string, unknown>();
  const requests: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    requests.push(url);
    const document = documents.get(url);
    response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document) ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    documents,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
