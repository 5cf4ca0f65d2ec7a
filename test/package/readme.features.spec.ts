import 'reflect-metadata';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';
import { explain } from './readme/client.js';
import { DeclaredModule } from './readme/declared.js';
import { serveDocs } from './readme/docs.js';
import { fastifyAdapter } from './readme/fastify.js';
import { errors as resourceServer } from './readme/resource-server.js';
import { askForABook } from './readme/testing.js';

describe.each(platforms)('on %s, what the README says of', (platform) => {
  let running: RunningApp;

  beforeAll(async () => {
    running = await startApp(platform, DeclaredModule, {
      ...(platform === 'fastify' && { adapter: fastifyAdapter }),
      // @fastify/static is CommonJS that Jest cannot load here; the document is served all the same
      setUp: (app) => (platform === 'express' ? serveDocs(app) : undefined),
    });
  });
  afterAll(() => running.close());

  it('the catalogue that is served', async () => {
    const page = await fetch(`${running.url}/errors`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('BOOK_NOT_EXIST');
    const json = (await (await fetch(`${running.url}/errors.json`)).json()) as object;
    expect(JSON.stringify(json)).toContain('BOOK_NOT_EXIST');
    expect((await fetch(`${running.url}/errors.md`)).headers.get('content-type')).toMatch(
      /^text\/markdown/,
    );
  });

  it('the client', async () => {
    expect(await explain(`${running.url}/books/2`)).toMatch(/^There is no such book \(.+\)\.$/);
    expect(await explain(`${running.url}/books/1`)).toBe('The resource has been deleted.');
  });

  it('the matchers and the coverage', async () => {
    expect(await askForABook(running.app, running.url)).toContain('DELETED');
  });
});

describe('what the README says of the document', () => {
  it('lists the codes of an operation', async () => {
    const { url, close } = await startApp('express', DeclaredModule, { setUp: serveDocs });
    const document = (await (await fetch(`${url}/docs-json`)).json()) as {
      paths: Record<string, { get: { responses: object } }>;
    };
    expect(Object.keys(document.paths['/books/{isbn}']!.get.responses)).toEqual(
      expect.arrayContaining(['200', '404', '410', '500']),
    );
    await close();
  });
});

describe('what the README says of a resource server', () => {
  it('starts, and tells clients where to look', async () => {
    const { url, close } = await startApp('express', { imports: [resourceServer()] });
    const metadata = await fetch(`${url}/.well-known/oauth-protected-resource/v1`);
    expect(await metadata.json()).toMatchObject({
      resource: 'https://api.example.com/v1',
      authorization_servers: ['https://login.example.com'],
    });
    await close();
  });
});
