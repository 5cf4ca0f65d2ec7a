import '../sample/support/fastify-static.js';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { packageFile } from '../support/packages.js';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppModule } from '../../sample-app/app.module.js';
import { loadConfig } from '../../sample-app/config.js';
import { buildDocument } from '../../sample-app/docs.js';
import { causes } from '../../sample-app/tour/causes.js';
import { meet } from '../../sample-app/tour/walk.js';
import { type RunningBookshelf, runBookshelf } from '../sample/support/running-bookshelf.js';
import { faultsOf } from '../support/openapi-faults.js';
import { promises, type RecordedAnswer } from '../support/promised-answers.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const TYPES = 'test/types/openapi.bookshelf.ts';

describe.each(['express', 'fastify'])('the OpenAPI document of the bookshelf, on %s', (adapter) => {
  let shelf: RunningBookshelf;
  let document: OpenAPIObject;
  const answers: RecordedAnswer[] = [];

  beforeAll(async () => {
    shelf = await runBookshelf({ HTTP_ADAPTER: adapter });
    const response = await fetch(`${shelf.config.url}/docs-json`);
    document = (await response.json()) as OpenAPIObject;
  }, 60_000);
  afterAll(() => shelf?.app.close());

  test.each(causes)('promises what $why is answered with', async (cause) => {
    const response = await meet(cause, shelf.client);
    const { status, headers } = response;
    const answer = { ...cause, status, headers, body: (await response.json()) as unknown };
    expect(promises(document)(answer)).toBeUndefined();
    answers.push(answer);
  });

  test('promises none of them where a code is not declared', () => {
    for (const answer of answers.filter(({ path }) => path !== '/magazines')) {
      const { code } = answer.body as { code: string };
      expect(promises(without(code, document))(answer)).toMatch(/must be equal to one of/);
    }
    expect(answers).toHaveLength(causes.length);
  });
});

/** The document where no operation has this code. */
function without(code: string, document: OpenAPIObject): OpenAPIObject {
  const text = JSON.stringify(document).replaceAll(`"enum":["${code}"]`, '"enum":[""]');
  return JSON.parse(
    text.replace(/"enum":\[[^\]]*\]/g, (codes) => codes.replace(`"${code}"`, '""')),
  ) as OpenAPIObject;
}

test('a throw without a @Throws() fails the suite of the bookshelf', async () => {
  const jest = ['--experimental-vm-modules', packageFile('jest', 'bin/jest.js')];
  const args = [...jest, '--testMatch', '**/test/fixtures/careless-bookshelf.ts'];
  const failed = run(process.execPath, args, { cwd: root, env: { PATH: process.env['PATH'] } });
  await expect(failed).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      'UndeclaredError: GET /books answered 409 CONFLICT, which BooksController.list() does not',
    ) as string,
  });
}, 60_000);

describe('the OpenAPI document of the bookshelf, without a server', () => {
  let folder: string;
  let file: string;
  let document: OpenAPIObject;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bookshelf-'));
    file = join(folder, 'openapi.json');
    const config = { ...(await loadConfig({})), offline: true };
    const app = await NestFactory.create(AppModule.forRoot(config), {
      abortOnError: false,
      logger: false,
    });
    document = buildDocument(app);
    await writeFile(file, JSON.stringify(document));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('names where tokens come from, and what each operation needs of one', () => {
    expect(document.components?.securitySchemes?.['bearer']).toMatchObject({
      flows: { clientCredentials: { tokenUrl: 'http://127.0.0.1:3001/token' } },
    });
    expect(document.paths['/books']?.post?.security).toEqual([
      { bearer: ['books.write'] },
      { bearer: ['books.write'], dpop: [] },
    ]);
    expect(document.paths['/health']?.get?.security).toEqual([]);
  });

  test('has no error by the recommended rules of Redocly', async () => {
    expect(await faultsOf(document)).toEqual([]);
  }, 60_000);

  test(`has the types of ${TYPES}, as openapi-typescript makes them`, async () => {
    const types = join(folder, 'types.ts');
    const cli = packageFile('openapi-typescript', 'bin/cli.js');
    await run(process.execPath, [cli, file, '-o', types]);
    const prettier = packageFile('prettier', 'bin/prettier.cjs');
    await run(process.execPath, [
      prettier,
      '--config',
      join(root, '.prettierrc'),
      '--write',
      types,
    ]);
    // Where they differ, make them anew from what `npm run -s openapi` prints, and format them
    expect(await readFile(join(root, TYPES), 'utf8')).toBe(await readFile(types, 'utf8'));
  }, 60_000);
});
