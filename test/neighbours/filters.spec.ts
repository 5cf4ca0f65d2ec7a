import {
  type ArgumentsHost,
  Catch,
  Controller,
  type ExceptionFilter,
  Get,
  Injectable,
  Module,
  type ModuleMetadata,
  NotFoundException,
  Scope,
  UseFilters,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter, HttpAdapterHost } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { type ErrorReport, ErrorsFilter, ErrorsModule } from 'nestjs-api-errors';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';
import { WarningLogger } from '../support/warning.logger.js';

/*
 * Filters of the application's own, wherever it has them: they answer what they catch, the contract
 * holds for everything else.
 */

class DomainError extends Error {}

interface Reply {
  status(code: number): Reply;
  send(body: unknown): unknown;
}

function teapot(host: ArgumentsHost, by: string): void {
  host.switchToHttp().getResponse<Reply>().status(418).send({ by });
}

@Catch(DomainError)
class DomainFilter implements ExceptionFilter {
  catch(_error: DomainError, host: ArgumentsHost) {
    teapot(host, 'domain');
  }
}

@Catch(DomainError)
@Injectable({ scope: Scope.REQUEST })
class RequestDomainFilter extends DomainFilter {}

@Catch()
class EverythingFilter implements ExceptionFilter {
  catch(_error: unknown, host: ArgumentsHost) {
    teapot(host, 'everything');
  }
}

/** As an error tracker's filter does it: it looks, and leaves the answer to Nest's. */
@Catch()
class TrackingFilter extends BaseExceptionFilter {
  static readonly seen: unknown[] = [];

  override catch(error: unknown, host: ArgumentsHost) {
    TrackingFilter.seen.push(error);
    super.catch(error, host);
  }
}

@Catch()
class OwnErrorsFilter extends ErrorsFilter {
  static readonly seen: unknown[] = [];

  override catch(error: unknown, host: ArgumentsHost) {
    OwnErrorsFilter.seen.push(error);
    return super.catch(error, host);
  }
}

@Controller()
class ThrowingController {
  @Get('domain') domain() {
    throw new DomainError();
  }
  @Get('nest') nest() {
    throw new NotFoundException('No such thing.');
  }
  @Get('unknown') unknown() {
    throw new Error('SECRET');
  }
  @Get('own')
  @UseFilters(DomainFilter)
  own() {
    throw new DomainError();
  }
  @Get('own-else')
  @UseFilters(DomainFilter)
  ownElse() {
    throw new NotFoundException('No such thing.');
  }
}

const reports: ErrorReport[] = [];
const errorsModule = () => ErrorsModule.forRoot({ onError: (report) => void reports.push(report) });

@Module({ providers: [{ provide: APP_FILTER, useClass: DomainFilter }] })
class DomainModule {}

const controllers = [ThrowingController];
const asAppFilter = (useClass: new () => ExceptionFilter) => ({ provide: APP_FILTER, useClass });

/** Where an application has the filter of its errors. */
const registrations: [string, () => Promise<ModuleMetadata> | ModuleMetadata][] = [
  ['APP_FILTER of the root', () => ({ providers: [asAppFilter(DomainFilter)] })],
  [
    'APP_FILTER of the root, a value',
    () => ({ providers: [{ provide: APP_FILTER, useValue: new DomainFilter() }] }),
  ],
  [
    'APP_FILTER of the root, a provider',
    () => ({ providers: [DomainFilter, { provide: APP_FILTER, useExisting: DomainFilter }] }),
  ],
  [
    'APP_FILTER of the root, made anew for each request',
    () => ({ providers: [asAppFilter(RequestDomainFilter)] }),
  ],
  ['APP_FILTER of a module imported before', () => ({ imports: [DomainModule, errorsModule()] })],
  ['APP_FILTER of a module imported after', () => ({ imports: [errorsModule(), DomainModule] })],
];

/** Where an application has a filter that catches everything. */
async function start(
  platform: PlatformName,
  module: ModuleMetadata,
  setUp?: (app: RunningApp['app']) => void,
): Promise<RunningApp & { logger: WarningLogger }> {
  const logger = new WarningLogger();
  const { imports = [errorsModule()] } = module;
  const metadata = { controllers, ...module, imports };
  const running = await startApp(platform, metadata, { logger, ...(setUp && { setUp }) });
  return { ...running, logger };
}

async function answerOf({ url }: RunningApp, path: string): Promise<[number, unknown]> {
  const response = await fetch(`${url}/${path}`);
  return [response.status, await response.json()];
}

const notFound = [404, { code: 'NOT_FOUND', description: 'No such thing.' }];
const unknownError = [500, { code: 'INTERNAL_SERVER_ERROR', description: expect.any(String) }];

beforeEach(() => {
  reports.length = 0;
});

describe.each(platforms)('on %s', (platform) => {
  /** What an application with a filter for one error answers, reports and is warned of. */
  async function doings(running: RunningApp & { logger: WarningLogger }) {
    const own = await answerOf(running, 'domain');
    const reported = reports.length;
    const others = [await answerOf(running, 'nest'), await answerOf(running, 'unknown')];
    await running.close();
    const codes = reports.map(({ code }) => code);
    return { own, reported, others, codes, warnings: running.logger.warnings };
  }
  const expected = {
    own: [418, { by: 'domain' }],
    reported: 0,
    others: [notFound, unknownError],
    codes: ['NOT_FOUND', 'INTERNAL_SERVER_ERROR'],
    warnings: [],
  };

  it.each(registrations)('%s answers what it catches', async (_title, module) => {
    expect(await doings(await start(platform, await module()))).toEqual(expected);
  });

  it('useGlobalFilters() answers what it catches', async () => {
    const setUp = (app: RunningApp['app']) => void app.useGlobalFilters(new DomainFilter());
    expect(await doings(await start(platform, {}, setUp))).toEqual(expected);
  });

  it('@UseFilters() answers what it catches', async () => {
    const running = await start(platform, {});
    expect(await answerOf(running, 'own')).toEqual([418, { by: 'domain' }]);
    expect(await answerOf(running, 'own-else')).toEqual(notFound);
    await running.close();
  });

  it('a filter that a test puts in the place of another is asked', async () => {
    const [, make] = platforms.find(([name]) => name === platform)!;
    const module = await Test.createTestingModule({
      imports: [errorsModule()],
      controllers,
      providers: [DomainFilter, { provide: APP_FILTER, useExisting: DomainFilter }],
    })
      .overrideProvider(DomainFilter)
      .useValue({
        catch: (_error: unknown, host: ArgumentsHost) => teapot(host, 'override'),
      } satisfies ExceptionFilter)
      .compile();
    const app = module.createNestApplication(make(), { logger: false });
    await app.listen(0, '127.0.0.1');
    const response = await fetch(`${await app.getUrl()}/domain`);
    expect(await response.json()).toEqual({ by: 'override' });
    await app.close();
  });

  describe.each<[string, (filter: new () => ExceptionFilter) => Parameters<typeof start>[1]]>([
    ['APP_FILTER', (useClass) => ({ providers: [asAppFilter(useClass)] })],
    [
      'APP_FILTER made anew for each request',
      (useClass) => ({
        providers: [{ provide: APP_FILTER, useClass, scope: Scope.REQUEST }],
      }),
    ],
  ])('catching everything as %s', (_title, module) => {
    it('answers everything, and is told of at the start', async () => {
      const running = await start(platform, module(EverythingFilter));
      expect(await answerOf(running, 'domain')).toEqual([418, { by: 'everything' }]);
      expect(await answerOf(running, 'nest')).toEqual([418, { by: 'everything' }]);
      expect(running.logger.warnings).toEqual([
        expect.stringMatching(/^EverythingFilter catches every error .* does not follow .*onError/),
      ]);
      await running.close();
    });

    it('and leaving the answer to Nest keeps the contract, and is told of', async () => {
      const running = await start(platform, module(TrackingFilter));
      TrackingFilter.seen.length = 0;
      expect(await answerOf(running, 'nest')).toEqual(notFound);
      expect(await answerOf(running, 'unknown')).toEqual(unknownError);
      expect(TrackingFilter.seen).toHaveLength(2);
      expect(reports.map(({ code }) => code)).toEqual(['NOT_FOUND', 'INTERNAL_SERVER_ERROR']);
      expect(running.logger.warnings).toEqual([
        expect.stringMatching(/^TrackingFilter catches every error .*super\.catch\(\) follows/),
      ]);
      await running.close();
    });

    it('as one that extends ErrorsFilter keeps the contract, and nothing is said', async () => {
      OwnErrorsFilter.seen.length = 0;
      const filter = OwnErrorsFilter as unknown as new () => ExceptionFilter;
      const running = await start(platform, module(filter));
      expect(await answerOf(running, 'nest')).toEqual(notFound);
      expect(OwnErrorsFilter.seen).toEqual([expect.any(NotFoundException)]);
      expect(reports).toHaveLength(1);
      expect(running.logger.warnings).toEqual([]);
      await running.close();
    });
  });

  it('useGlobalFilters() of one that leaves the answer to Nest keeps the contract', async () => {
    const running = await start(platform, {}, (app) => {
      app.useGlobalFilters(new TrackingFilter(app.get(HttpAdapterHost).httpAdapter));
    });
    expect(await answerOf(running, 'unknown')).toEqual(unknownError);
    expect(running.logger.warnings).toEqual([expect.stringContaining('TrackingFilter')]);
    await running.close();
  });

  it("Nest's own filter, chosen as it is, answers as it does without this library", async () => {
    const running = await start(platform, {}, (app) => {
      app.useGlobalFilters(new BaseExceptionFilter(app.get(HttpAdapterHost).httpAdapter));
    });
    expect(await answerOf(running, 'nest')).toEqual([
      404,
      { statusCode: 404, message: 'No such thing.', error: 'Not Found' },
    ]);
    expect(running.logger.warnings).toEqual([expect.stringContaining('BaseExceptionFilter')]);
    await running.close();
  });

  it("an application without the module has Nest's filters as they are", async () => {
    const metadata = { controllers, providers: [asAppFilter(TrackingFilter)] };
    const running = await startApp(platform, metadata);
    expect(await answerOf(running, 'nest')).toEqual([
      404,
      { statusCode: 404, message: 'No such thing.', error: 'Not Found' },
    ]);
    await running.close();
  });
});
