import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { setHeader } from '../../../lib/nest/response.js';

test("a header is set on a response that has no methods but Node's", () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  setHeader(response, 'DPoP-Nonce', 'n');
  expect(response.getHeader('dpop-nonce')).toBe('n');
});
