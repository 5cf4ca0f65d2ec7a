import { readMutualTls } from '../../../../lib/access/mutual-tls/mutual-tls.settings.js';

const NAME = 'ErrorsModule: bearer.mutualTls';
const header = 'Client-Cert';

test.each([
  ['a word', 'yes', 'bearer.mutualTls takes an object with header, proxies'],
  ['an unknown option', { headers: 'x' }, 'bearer.mutualTls.headers is no option'],
  ['a header without proxies', { header }, 'bearer.mutualTls.proxies is missing'],
  ['proxies without a header', { proxies: ['::1'] }, 'bearer.mutualTls.header is missing'],
  ['no header', { header: 'client cert', proxies: ['::1'] }, 'takes the name of a header'],
  ['no list', { header, proxies: '10.0.0.1' }, 'takes IP addresses and networks'],
  ['an empty list', { header, proxies: [] }, 'takes IP addresses and networks'],
  ['a name', { header, proxies: ['proxy.internal'] }, 'takes IP addresses and networks'],
  ['a network too small', { header, proxies: ['10.0.0.0/33'] }, 'takes IP addresses and networks'],
  ['a network of text', { header, proxies: ['10.0.0.0/'] }, 'takes IP addresses and networks'],
  ['half an address', { header, proxies: ['10.0'] }, 'takes IP addresses and networks'],
])('%s is a mistake that says so', (_, given, message) => {
  expect(() => readMutualTls(given, NAME)).toThrow(message);
});

test.each([
  [undefined, undefined],
  [false, undefined],
  [true, { proxy: undefined }],
  [{}, { proxy: undefined }],
])('%j is read as %j', (given, settings) => {
  expect(readMutualTls(given, NAME)).toEqual(settings);
});

test('proxies are addresses and networks of either family', () => {
  const given = { header, proxies: ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32'] };
  const { addresses } = readMutualTls(given, NAME)!.proxy!;
  const has = (address: string) =>
    addresses.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
  expect(['10.9.8.7', '192.0.2.7', '2001:db8::1', '::ffff:10.1.2.3'].map(has)).not.toContain(false);
  expect(['11.0.0.1', '192.0.2.8', '2001:db9::1', '::ffff:11.1.2.3'].map(has)).not.toContain(true);
});
