import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  ConflictException as NestConflictException,
  Controller,
  Get,
  type LoggerService,
  NotFoundException as NestNotFoundException,
  UseGuards,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  ConflictException,
  DeletedException,
  ErrorsModule,
  type ErrorsModuleOptions,
  NotFoundException,
  Throws,
} from 'nestjs-api-errors';
import { applicationConfig } from '../../lib/nest/application-config.js';
import { errorAnswer } from '../support/answers.js';
import { packageFile } from '../support/packages.js';
import { platforms, startApp } from '../support/platforms.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A guard that is asked, by its name, what it limits. */
class ThrottlerGuard {
  canActivate() {
    return true;
  }
  get options(): never {
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
  @UseGuards(new ThrottlerGuard())
  @Get('hostile')
  hostile() {
    throw new ConflictException();
  }
  @Get('bug')
  bug() {
    throw new Error('A bug.');
  }
}

class OwnConflict extends NestConflictException {}

@Throws(NestNotFoundException)
@Controller('magazines')
class MagazinesController {
  @Get('undeclared')
  undeclared() {
    throw new ConflictException();
  }
  @Get('nest')
  nest() {
    throw new NestNotFoundException();
  }
  @Get('nest/extended')
  @Throws(OwnConflict)
  extended() {
    throw new OwnConflict();
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
      { imports, controllers: [BooksController, MagazinesController] },
      { logger },
    );
    const statusOf = async (path: string) => {
      const answer = await errorAnswer(await fetch(`${running.url}${path}`));
      return answer.status;
    };
    return { ...running, warnings, errors, statusOf };
  }

  it('is logged with the route and the code, once for both, and answered as ever', async () => {
    const { statusOf, warnings, close } = await start({ undeclared: 'log' });
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

  it('is told, unless asked for, to those alone who declare', async () => {
    const { statusOf, warnings, close } = await start({});
    expect(await statusOf('/books/1/another')).toBe(404);
    expect(await statusOf('/books/1/undeclared')).toBe(409);
    expect(await statusOf('/magazines/undeclared')).toBe(409);
    expect(warnings).toEqual([
      expect.stringMatching(/BooksController\.undeclared\(\) does not declare/),
      expect.stringMatching(/MagazinesController\.undeclared\(\) does not declare/),
    ]);
    await close();
  });

  it("is none where one of Nest's own is declared", async () => {
    const { statusOf, warnings, close } = await start({});
    expect(await statusOf('/magazines/nest')).toBe(404);
    expect(await statusOf('/magazines/nest/extended')).toBe(409);
    expect(warnings).toEqual([]);
    await close();
  });

  it('is none where it is declared, a bug, or came from no handler', async () => {
    const { statusOf, warnings, close } = await start({ undeclared: 'log' });
    expect(await statusOf('/books/1/declared')).toBe(410);
    expect(await statusOf('/books/bug')).toBe(500);
    expect(await statusOf('/papers')).toBe(404);
    expect(warnings).toEqual([]);
    await close();
  });

  it('harms no answer where what surrounds the route cannot be asked', async () => {
    const { statusOf, errors, close } = await start({ undeclared: 'log' });
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
    expect(applicationConfig(app.get(ModuleRef))!.getGlobalGuards()).toEqual([]);
    await close();
  });

  it('fails the test file where it is to be an error, and is answered as ever', async () => {
    const jest = ['--experimental-vm-modules', packageFile('jest', 'bin/jest.js')];
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
