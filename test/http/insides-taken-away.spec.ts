import { jest } from '@jest/globals';
import type * as InsidesApp from '../fixtures/insides-app.js';
import { type PlatformName, platforms } from '../support/platforms.js';

/*
 * What this library knows of Nest's insides is in lib/nest. Here one after the other is not there any
 * more: that costs the feature that needs it and one warning, never the start, and no route is open.
 */

const nest = '../../lib/nest';

async function without(
  file: string,
  change: (real: Record<string, unknown>) => Record<string, unknown>,
): Promise<typeof InsidesApp> {
  jest.resetModules();
  const path = `${nest}/${file}.js`;
  const real = (await import(path)) as Record<string, unknown>;
  jest.resetModules();
  jest.unstable_mockModule(path, () => ({ ...real, ...change(real) }));
  return import('../fixtures/insides-app.js');
}

const withoutKeys = (...keys: string[]) =>
  without('metadata-keys', ({ metadataKeys }) => ({
    metadataKeys: {
      ...(metadataKeys as object),
      ...Object.fromEntries(keys.map((key) => [key, undefined])),
    },
  }));

afterEach(() => {
  jest.resetModules();
  for (const file of [
    'metadata-keys',
    'application-config',
    'route-parameters',
    'streamable-file',
    'schema-pipe',
  ]) {
    jest.unstable_unmockModule(`${nest}/${file}.js`);
  }
});

type Running = Awaited<ReturnType<typeof InsidesApp.startWith>>;

/** What holds whatever is missing. */
async function expectGuarded({ answer }: Running): Promise<void> {
  expect(await answer('/books/scoped')).toBe('401 UNAUTHORIZED');
  expect(await answer('/books/scoped', 'made-up')).toBe('401 UNAUTHORIZED');
  expect(await answer('/books/scoped', 'reader')).toBe('200 scoped');
  expect(await answer('/books/open/7')).toBe('200 7');
  expect(await answer('/books/open/x')).toBe('400 INVALID_PARAMETER');
  expect(await answer('/books/file')).toBe('404 NOT_FOUND');
  expect(await answer('/nowhere')).toMatch(/^40[14]/);
  expect(await answer('/books/events')).toBe('200 \nid: 1\ndata: one\n\n');
}

async function startedWithout(
  platform: PlatformName,
  app: typeof InsidesApp,
  missing: RegExp,
): Promise<Running> {
  const running = await app.startWith(platform, { global: true });
  expect(running.warnings.filter((text) => missing.test(text))).toHaveLength(1);
  await expectGuarded(running);
  return running;
}

describe.each(platforms)('on %s', (platform) => {
  it('with everything there, nothing is warned of', async () => {
    jest.resetModules();
    const app = await import('../fixtures/insides-app.js');
    const running = await app.startWith(platform, { global: true });
    expect(running.warnings).toEqual([]);
    await expectGuarded(running);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it("without the application's configuration, the guard runs as an APP_GUARD", async () => {
    const app = await without('application-config', () => ({ applicationConfig: () => undefined }));
    const running = await startedWithout(platform, app, /application's configuration.*APP_GUARD/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without what @UseGuards() names, routes behind it stop the start, the reason said', async () => {
    const app = await withoutKeys('guards');
    await expect(app.startWith(platform, {})).rejects.toThrow(
      /GuardedController\.guarded\(\) demands a token.*cannot be seen on this version of Nest/,
    );
  });

  it('without it, routes behind the global guard are as ever', async () => {
    const running = await startedWithout(platform, await withoutKeys('guards'), /@UseGuards/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without what @UseFilters() names, gateways are as Nest has them', async () => {
    const running = await startedWithout(platform, await withoutKeys('filters'), /@UseFilters/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without the paths of routes, documents list none', async () => {
    const running = await startedWithout(platform, await withoutKeys('path'), /paths of routes/);
    expect(await running.operations()).toBe(0);
    await running.close();
  });

  it('without the mark of @Sse(), event streams are as Nest has them', async () => {
    const running = await startedWithout(platform, await withoutKeys('eventStream'), /@Sse/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without parameters, event streams are as Nest has them', async () => {
    const app = await without('route-parameters', () => ({
      canReadParameters: false,
      parameterCount: () => undefined,
      routeParameters: () => [],
    }));
    const running = await startedWithout(platform, app, /parameters of handlers/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without the issues of the pipe for schemas, its failures are as Nest words them', async () => {
    const app = await without('schema-pipe', () => ({
      canReadIssues: false,
      observeSchemaPipe: () => undefined,
    }));
    const running = await startedWithout(platform, app, /StandardSchemaValidationPipe/);
    expect(await running.operations()).toBe(4);
    await running.close();
  });

  it('without the error handler of files, those that fail are as Nest has them', async () => {
    const app = await without('streamable-file', () => ({
      canTellErrorHandlers: false,
      hasDefaultErrorHandler: () => false,
    }));
    const running = await app.startWith(platform, { global: true });
    expect(running.warnings).toEqual([expect.stringMatching(/StreamableFile/)]);
    expect(await running.answer('/books/scoped')).toBe('401 UNAUTHORIZED');
    await running.close();
  });
});
