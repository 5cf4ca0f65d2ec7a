import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Controller, Get, type LoggerService, type PipeTransform, Query } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  ConflictException,
  DeletedException,
  ErrorsModule,
  type ErrorsModuleOptions,
  NotFoundException,
  Throws,
} from 'nestjs-api-errors';
import { globalGuards } from '../../lib/bearer/global-guards.js';
import { errorAnswer } from '../support/answers.js';
import { platforms, startApp } from '../support/platforms.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

class HostilePipe implements PipeTransform {
  transform() {
    return 'A page.';
  }
  get exceptionFactory(): never {
    throw new Error('hostile');
  }
}

@Controller('books')
class BooksController {
  @Get(':isbn/declared')
  @Throws(DeletedException)
  declared() {
    throw new DeletedException();
  }
  @Get(':isbn/undeclared')
  @Throws(DeletedException)
  undeclared() {
    throw new ConflictException();
  }
  @Get(':isbn/another')
  another() {
    throw new NotFoundException();
  }
  @Get('hostile')
  hostile(@Query('page', new HostilePipe()) page: string) {
    throw new ConflictException(page);
  }
  @Get('bug')
  bug() {
    throw new Error('A bug.');
  }
}

describe.each(platforms)('an error that its route does not declare, on %s', (platform) => {
  async function start(options: ErrorsModuleOptions) {
    const warnings: string[] = [];
    const errors: string[] = [];
    const logger: LoggerService = {
      log: () => {},
      error: (text: string) => errors.push(text),
      warn: (text: string) => warnings.push(text),
    };
    const imports = [ErrorsModule.forRoot(options)];
    const running = await startApp(
      platform,
      { imports, controllers: [BooksController] },
      { logger },
    );
    const statusOf = async (path: string) => {
      const answer = await errorAnswer(await fetch(`${running.url}${path}`));
      return answer.status;
    };
    return { ...running, warnings, errors, statusOf };
  }

  it('is logged with the route and the code, once for both, and answered as ever', async () => {
    const { statusOf, warnings, close } = await start({});
    expect(await statusOf('/books/1/undeclared')).toBe(409);
    expect(await statusOf('/books/2/undeclared')).toBe(409);
    expect(await statusOf('/books/1/another')).toBe(404);
    expect(warnings).toEqual([
      'GET /books/:isbn/undeclared answered 409 CONFLICT, which BooksController.undeclared() does ' +
        'not declare; name its exception in @Throws().',
      'GET /books/:isbn/another answered 404 NOT_FOUND, which BooksController.another() does not ' +
        'declare; name its exception in @Throws().',
    ]);
    await close();
  });

  it('is none where it is declared, a bug, or came from no handler', async () => {
    const { statusOf, warnings, close } = await start({ undeclared: 'log' });
    expect(await statusOf('/books/1/declared')).toBe(410);
    expect(await statusOf('/books/bug')).toBe(500);
    expect(await statusOf('/magazines')).toBe(404);
    expect(warnings).toEqual([]);
    await close();
  });

  it('harms no answer where what surrounds the route cannot be asked', async () => {
    const { statusOf, errors, close } = await start({});
    expect(await statusOf('/books/hostile')).toBe(409);
    expect(errors).toEqual(['What a route declares cannot be told: Error: hostile']);
    await close();
  });

  it.each<[string, ErrorsModuleOptions, string]>([
    ['where it is to be ignored', { undeclared: 'ignore' }, 'development'],
    ['in production', {}, 'production'],
  ])('is not looked for %s, at no cost to a request', async (_where, options, environment) => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = environment;
    const { app, statusOf, warnings, close } = await start(options);
    process.env['NODE_ENV'] = before;
    expect(await statusOf('/books/1/undeclared')).toBe(409);
    expect(warnings).toEqual([]);
    expect(globalGuards(app.get(ModuleRef))).toEqual([]);
    await close();
  });

  it('fails the test file where it is to be an error, and is answered as ever', async () => {
    const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'];
    const run = promisify(execFile)(
      process.execPath,
      [...jest, '--json', '--testMatch', '**/test/fixtures/undeclared-errors.ts'],
      { cwd: root, env: { PATH: process.env['PATH'], HTTP_ADAPTER: platform } },
    );
    const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
    const { success, testResults } = JSON.parse(stdout) as Results;
    expect(success).toBe(false);
    expect(testResults).toEqual([
      expect.objectContaining({
        status: 'failed',
        message: expect.stringContaining(
          'UndeclaredError: GET /undeclared answered 409 CONFLICT, which ' +
            'BooksController.undeclared() does not declare',
        ) as string,
      }),
    ]);
    // The answers themselves were as ever
    const { assertionResults } = testResults[0]!;
    expect(assertionResults.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed']);
  });
});

interface Results {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

it('takes no other policy', async () => {
  const module = ErrorsModule.forRoot({ undeclared: 'warn' as never });
  await expect(startApp('express', { imports: [module] })).rejects.toThrow(
    /undeclared takes log, error, ignore/,
  );
});
