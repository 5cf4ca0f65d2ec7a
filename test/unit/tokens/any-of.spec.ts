import { anyOf } from '../../../lib/tokens/any-of.js';
import { foreignToken, refusedToken } from '../../../lib/tokens/token-refusal.js';
import type { TokenVerifier } from '../../../lib/tokens/token-verifier.js';
import { verifiedToken } from '../../../lib/tokens/verified-token.js';

const good = (sub: string): TokenVerifier => ({ verify: () => verifiedToken({ sub }) });
const failing = (error: Error): TokenVerifier => ({
  verify: () => {
    throw error;
  },
});
const later = (verifier: TokenVerifier): TokenVerifier => ({
  verify: async (token) => verifier.verify(token),
});
const foreign = failing(foreignToken('malformed', 'not ours'));
const refused = failing(refusedToken('expired', 'expired'));

test.each([
  ['at once', good('a'), foreign],
  ['later', later(good('a')), later(foreign)],
])('the next is asked where the token is none of the first: %s', async (_, knowing, unknowing) => {
  expect(await anyOf(unknowing, knowing, refused).verify('t')).toMatchObject({ subject: 'a' });
  expect(await anyOf(knowing, refused).verify('t')).toMatchObject({ subject: 'a' });
});

test('what is known at once is answered at once', () => {
  expect(anyOf(foreign, good('a')).verify('t')).not.toBeInstanceOf(Promise);
});

test.each([
  ['a refusal', refused, 'The access token has expired.'],
  ['a refusal that comes later', later(refused), 'The access token has expired.'],
  ['a fault', failing(new Error('bug')), 'bug'],
  ['a fault that comes later', later(failing(new Error('bug'))), 'bug'],
])('%s is the answer, and no other is asked', async (_, first, message) => {
  await expect((async () => anyOf(first, good('a')).verify('t'))()).rejects.toThrow(message);
});

test('a token that is of nobody is refused as the last one says', async () => {
  const last = failing(foreignToken('invalid', 'nobody'));
  await expect((async () => anyOf(foreign, last).verify('t'))()).rejects.toThrow(
    'The access token is not valid.',
  );
});

test('all are warmed up', () => {
  const warm: string[] = [];
  const verifier = (name: string) => ({ ...good(name), warmUp: () => void warm.push(name) });
  void anyOf(verifier('a'), good('b'), verifier('c')).warmUp?.();
  expect(warm).toEqual(['a', 'c']);
});

test.each([[[]], [[undefined]], [[{}]]])('%j are no verifiers', (verifiers) => {
  expect(() => anyOf(...(verifiers as never[]))).toThrow(/^anyOf\(\) takes/);
});
