import { loadConfig } from '../../sample-app/config.js';

describe('loadConfig', () => {
  test('needs nothing', async () => {
    expect(await loadConfig({})).toEqual({
      httpAdapter: 'express',
      port: 3000,
      url: 'http://127.0.0.1:3000',
      audience: 'http://127.0.0.1:3000',
      issuer: undefined,
      issuerPort: 3001,
      databaseUrl: undefined,
      databaseSchema: 'bookshelf',
    });
  });

  test('takes an empty variable for none', async () => {
    const empty = { HTTP_ADAPTER: '', PORT: '', ISSUER: '', DATABASE_URL: '', AUDIENCE: '' };
    expect(await loadConfig(empty)).toEqual(await loadConfig({}));
  });

  test('picks a free port for 0, which the audience then names', async () => {
    const { port, audience } = await loadConfig({ PORT: '0' });
    expect(port).toBeGreaterThan(0);
    expect(audience).toBe(`http://127.0.0.1:${port}`);
  });

  test.each([
    ['HTTP_ADAPTER', 'koa'],
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['ISSUER_PORT', '-1'],
    ['DATABASE_SCHEMA', 'a; drop'],
  ])('%s=%s is refused by name', async (name, value) => {
    await expect(loadConfig({ [name]: value })).rejects.toThrow(name);
  });
});
