import {
  All,
  Controller,
  Get,
  type INestApplication,
  Module,
  Post,
  RequestMethod,
  Version,
  VERSION_NEUTRAL,
  VersioningType,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { ErrorsModule } from 'nestjs-api-errors';
import { publisherOf } from '../../../../lib/documents/catalogue/catalogue.publisher.js';
import { platforms, startApp } from '../../../support/platforms.js';

@Controller({ path: ['goods', '/wares/'], version: '1' })
class GoodsController {
  @Get() list() {}
  @Get(':id') find() {}
  @Post(['add', 'new/']) add() {}
  @Version(['2', VERSION_NEUTRAL])
  @Get('both')
  both() {}
}

@Controller()
class RootController {
  @Get() root() {}
  @All('any') any() {}
}

@Controller('files')
class FilesController {
  @Get('*path') file() {}
  @Get('page{/:number}') page() {}
}

@Controller('health')
class HealthController {
  @Get() check() {}
}

@Module({ controllers: [HealthController] })
class HealthModule {}

const root = {
  imports: [
    ErrorsModule,
    HealthModule,
    RouterModule.register([{ path: 'status', module: HealthModule }]),
  ],
  controllers: [GoodsController, RootController],
};

const settings: Record<string, (app: INestApplication) => void> = {
  'as they are': () => {},
  'with a prefix': (app) => app.setGlobalPrefix('/api/'),
  'with versions in the path': (app) => app.enableVersioning({ type: VersioningType.URI }),
  'with versions elsewhere': (app) =>
    app.enableVersioning({ type: VersioningType.HEADER, header: 'x-version' }),
  'with both, and exceptions': (app) => {
    app.setGlobalPrefix('api', {
      exclude: ['status/health', { path: 'any', method: RequestMethod.ALL }],
    });
    app.enableVersioning({ type: VersioningType.URI, prefix: 'version-', defaultVersion: '3' });
  },
};

describe.each(platforms)('the published operations on %s', (platform) => {
  it.each(Object.entries(settings))('are where the router has them, %s', async (_how, setUp) => {
    const routes: string[] = [];
    const { app, close } = await startApp(platform, root, {
      setUp: (made) => {
        setUp(made);
        recordRoutes(made, routes);
      },
    });
    const published = publisherOf(app).operations();
    expect(published.map(({ method, pattern }) => `${method} ${pattern}`).toSorted()).toEqual(
      routes.toSorted(),
    );
    await close();
  });
});

it('are published with parameters as in OpenAPI', async () => {
  const { app, close } = await startApp('express', {
    imports: [ErrorsModule],
    controllers: [GoodsController, FilesController],
  });
  const paths = publisherOf(app)
    .operations()
    .map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining(['/goods/{id}', '/files/{path}', '/files/page/{number}']),
  );
  await close();
});

/** What Nest registers, as the adapter is told. */
function recordRoutes(app: INestApplication, routes: string[]): void {
  type Register = (path: string, ...rest: unknown[]) => unknown;
  const adapter = app.getHttpAdapter() as unknown as Record<string, Register>;
  for (const method of ['get', 'post', 'all']) {
    const register = adapter[method]!.bind(adapter);
    adapter[method] = (path, ...rest) => {
      routes.push(`${method.toUpperCase()} ${path}`);
      return register(path, ...rest);
    };
  }
}
