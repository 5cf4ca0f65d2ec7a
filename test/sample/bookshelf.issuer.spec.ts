import { ISSUER, type Issuer } from '../../sample-app/auth/issuer.js';
import { greeting } from '../../sample-app/greeting.js';
import { type RunningBookshelf, runBookshelf } from './support/running-bookshelf.js';

describe('bookshelf with an authorization server elsewhere', () => {
  let home: RunningBookshelf;
  let branch: RunningBookshelf;

  beforeAll(async () => {
    home = await runBookshelf({});
    const { url } = home.app.get<Issuer>(ISSUER);
    branch = await runBookshelf({ ISSUER: url, AUDIENCE: home.config.audience });
  }, 60_000);

  afterAll(async () => {
    await branch?.app.close();
    await home?.app.close();
  });

  test('takes its tokens, and sends Swagger UI to it', async () => {
    const call = { method: 'GET', path: '/books', as: 'reader' } as const;
    expect((await branch.client.call(call)).status).toBe(200);
  });

  test('refuses those of another', async () => {
    const stranger = await runBookshelf({});
    const token = await stranger.client.tokenOf('reader');
    await stranger.app.close();
    const headers = { Authorization: `Bearer ${token}` };
    const response = await branch.client.call({ method: 'GET', path: '/books', headers });
    expect(response.status).toBe(401);
  }, 60_000);

  test('greets with the clients it knows, and leaves room for those it does not', () => {
    expect(greeting(home.config, home.app.get(ISSUER))).toContain('-u bookshelf-librarian:');
    const text = greeting(branch.config, branch.app.get(ISSUER));
    expect(text).toContain('-u "$CLIENT_ID:$CLIENT_SECRET"');
    expect(text).toContain(home.app.get<Issuer>(ISSUER).tokenEndpoint);
  });
});
