import { bookshelfSuite } from './support/bookshelf.suite.js';

describe.each(['express', 'fastify'])('bookshelf on %s with the embedded database', (adapter) => {
  bookshelfSuite({ HTTP_ADAPTER: adapter });
});
