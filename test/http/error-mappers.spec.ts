import { Controller, Get, Inject, Injectable, Module, Param } from '@nestjs/common';
import {
  AlreadyExistException,
  type ErrorMapper,
  ErrorsModule,
  MapErrors,
  ServiceUnavailableException,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { type PlatformName, platforms, type RunningApp, startApp } from '../support/platforms.js';

class DatabaseError extends Error {
  constructor(readonly sqlState: string) {
    super('duplicate key value (isbn)=(SECRET)');
  }
}

@Injectable()
class SqlStates {
  readonly duplicate = '23505';
}

@Module({ providers: [SqlStates], exports: [SqlStates] })
class DatabaseModule {}

@Injectable()
@MapErrors(DatabaseError)
class DatabaseErrors implements ErrorMapper<DatabaseError> {
  constructor(@Inject(SqlStates) private readonly states: SqlStates) {}
  toException(error: DatabaseError) {
    return error.sqlState === this.states.duplicate
      ? new AlreadyExistException({ cause: error })
      : undefined;
  }
}

@MapErrors((error) => (error as { code?: string } | null)?.code === 'ECONNREFUSED')
class ConnectionErrors implements ErrorMapper {
  toException(error: unknown) {
    return new ServiceUnavailableException({ cause: error, retryAfter: 5 });
  }
}

@MapErrors(RangeError)
class BrokenMapper implements ErrorMapper<RangeError> {
  toException(): undefined {
    throw new Error('the mapper is broken');
  }
}

@MapErrors(SyntaxError)
class AsyncMapper implements ErrorMapper<SyntaxError> {
  toException() {
    return Promise.reject(new Error('late')) as never;
  }
}

const thrown: Record<string, () => unknown> = {
  duplicate: () => new DatabaseError('23505'),
  unmapped: () => new DatabaseError('99999'),
  refused: () => Object.assign(new Error('127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
  'refused-object': () => ({ code: 'ECONNREFUSED' }),
  broken: () => new RangeError('SECRET'),
  async: () => new SyntaxError('SECRET'),
};

@Controller()
class FailingController {
  @Get(':name')
  fail(@Param('name') name: string): never {
    throw thrown[name]!();
  }
}

const mappers = [DatabaseErrors, new ConnectionErrors(), BrokenMapper, AsyncMapper];

function start(platform: PlatformName, asProvider: boolean): Promise<RunningApp> {
  return startApp(platform, {
    imports: asProvider
      ? [DatabaseModule, ErrorsModule.forRootAsync({ useFactory: () => ({ mappers }) })]
      : [ErrorsModule.forRoot({ imports: [DatabaseModule], mappers })],
    controllers: [FailingController],
    providers: asProvider ? [DatabaseErrors] : [],
  });
}

describe.each(platforms)('errors of other libraries, on %s', (platform) => {
  describe.each([
    ['with their imports', false],
    ['as a provider of the application', true],
  ])('mapped by classes %s', (_how, asProvider) => {
    let running: RunningApp;
    beforeAll(async () => {
      running = await start(platform, asProvider);
    });
    afterAll(() => running.close());

    it.each([
      ['duplicate', 409, 'ALREADY_EXIST'],
      ['unmapped', 500, 'INTERNAL_SERVER_ERROR'],
      ['refused', 503, 'SERVICE_UNAVAILABLE'],
      ['refused-object', 503, 'SERVICE_UNAVAILABLE'],
      ['broken', 500, 'INTERNAL_SERVER_ERROR'],
      ['async', 500, 'INTERNAL_SERVER_ERROR'],
    ])('%s is %d %s', async (name, status, code) => {
      const answer = await errorAnswer(await fetch(`${running.url}/${name}`));
      expect(answer).toMatchObject({ status, code });
      expect(answer.description).not.toContain('SECRET');
    });
  });
});
