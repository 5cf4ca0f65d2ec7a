import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Controller, Get, Post, UseGuards } from '@nestjs/common';
import { EventPattern, MessagePattern } from '@nestjs/microservices';
import * as library from 'nestjs-api-errors';
import {
  Authorize,
  BearerGuard,
  ErrorsModule,
  OptionalToken,
  Public,
  RequireAuthentication,
  RequireScopes,
  type TokenVerifier,
  verifiedToken,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type PlatformName, type RunningApp, startApp } from '../support/platforms.js';

/** Takes every token for one with the scope that it spells. */
const verifier: TokenVerifier = { verify: (token) => verifiedToken({ scope: token }) };

function start(platform: PlatformName, ...controllers: (new () => object)[]) {
  const bearer = { verifier, global: true };
  return startApp(platform, { imports: [ErrorsModule.forRoot({ bearer })], controllers });
}

async function statusOf({ url }: RunningApp, path: string, scope?: string): Promise<number> {
  const headers: HeadersInit = scope === undefined ? {} : { authorization: `Bearer ${scope}` };
  return (await fetch(`${url}/${path}`, { headers })).status;
}

/** As many a decorator of logs, caches and timers does: a function of its own in the method's place. */
function Timed(): MethodDecorator {
  return (_target, _key, descriptor) => {
    const method = descriptor.value as unknown as (...args: unknown[]) => unknown;
    descriptor.value = function timed(this: unknown, ...args: unknown[]) {
      return method.apply(this, args);
    } as never;
  };
}

@Controller('wrapped')
class WrappedController {
  constructor() {
    this.bound = this.bound.bind(this);
  }

  @Get('below')
  @Timed()
  @RequireScopes('books.read')
  below() {
    return {};
  }

  @Get('both')
  @RequireScopes('books.write')
  @Timed()
  @RequireScopes('books.read')
  both() {
    return {};
  }

  @Get('authorize')
  @Timed()
  @Authorize(() => false)
  authorize() {
    return {};
  }

  @Get('login')
  @Timed()
  @RequireAuthentication({ maxAge: 60 })
  login() {
    return {};
  }

  @Get('public')
  @Timed()
  @Public()
  open() {
    return {};
  }

  @Get('bound')
  @RequireScopes('books.read')
  bound() {
    return {};
  }
}

@Public()
class PublicBase {
  @Get('inherited')
  inherited() {
    return {};
  }

  @Get('opened')
  @Public()
  opened() {
    return {};
  }
}

@Controller('base')
class BaseController extends PublicBase {}

@Public()
@Controller('again')
class AgainController extends PublicBase {}

@OptionalToken()
@RequireScopes('books.read')
class ClosedBase {
  @Get('closed')
  closed() {
    return {};
  }

  @Get('overridden')
  @Public()
  overridden() {
    return {};
  }
}

@Controller('closed')
class ClosedController extends ClosedBase {
  @Get('overridden')
  override overridden() {
    return {};
  }
}

describe.each(platforms)('access decorators on %s', (platform) => {
  let app: RunningApp;
  beforeAll(async () => {
    app = await start(
      platform,
      WrappedController,
      BaseController,
      AgainController,
      ClosedController,
    );
  });
  afterAll(() => app.close());

  test.each([
    ['a scope', 'wrapped/below', 'other', 403],
    ['a scope that is there', 'wrapped/below', 'books.read', 200],
    ['scopes above and below', 'wrapped/both', 'books.write', 403],
    ['a predicate', 'wrapped/authorize', 'any', 403],
    ['a login', 'wrapped/login', 'any', 401],
    ['a scope of a method that its instance bound', 'wrapped/bound', 'other', 403],
  ])(
    '%s below a decorator that replaces the method is asked for',
    async (_, path, scope, status) => {
      expect(await statusOf(app, path, scope)).toBe(status);
    },
  );

  test('@Public() below a decorator that replaces the method opens it', async () => {
    expect(await statusOf(app, 'wrapped/public')).toBe(200);
  });

  test.each([
    ['@Public() of a class does not open those that extend it', 'base/inherited', undefined, 401],
    ['which may say so themselves', 'again/inherited', undefined, 200],
    ['@Public() of a method that is inherited opens it', 'base/opened', undefined, 200],
    ['@OptionalToken() of a class does not either', 'closed/closed', undefined, 401],
    ['what a class demands, those that extend it demand', 'closed/closed', 'other', 403],
    ['and are content with', 'closed/closed', 'books.read', 200],
    ['a method that is overridden is another one', 'closed/overridden', undefined, 401],
  ])('%s', async (_, path, scope, status) => {
    expect(await statusOf(app, path, scope)).toBe(status);
  });
});

describe('handlers of other transports', () => {
  class OnMethod {
    @RequireScopes('books.read')
    @MessagePattern('find')
    find() {}
  }
  class OnEvent {
    @Authorize(() => false)
    @EventPattern('lent')
    lent(_book: unknown) {}
  }
  @RequireScopes('books.read')
  class OnClass {
    @MessagePattern('find')
    find() {}
  }
  class BesideRoute {
    @RequireScopes('books.read')
    @Post()
    @MessagePattern('find')
    find() {}
  }

  test.each([[OnMethod], [OnEvent], [OnClass], [BesideRoute]])(
    'that demand a token are guarded by no global guard: %p does not start',
    async (type) => {
      Controller()(type);
      await expect(start('express', type)).rejects.toThrow(
        /^\w+\.\w+\(\) demands a token that no guard asks for.*add @UseGuards\(BearerGuard\)/,
      );
    },
  );

  test('start with a guard of their own', async () => {
    @Controller()
    class Guarded {
      @UseGuards(BearerGuard)
      @RequireScopes('books.read')
      @MessagePattern('find')
      find() {}
    }
    const app = await start('express', Guarded);
    expect(await statusOf(app, 'health')).toBe(404);
    await app.close();
  });
});

describe('two installed copies', () => {
  const dist = fileURLToPath(new URL('../../dist', import.meta.url));
  const copied = `${dist}-copy-${process.pid}`;
  let copy: typeof library;
  beforeAll(async () => {
    cpSync(dist, copied, { recursive: true });
    copy = (await import(`${copied}/index.mjs`)) as typeof library;
  });
  afterAll(() => rmSync(copied, { recursive: true }));

  test('decorators of one are obeyed by the guard of the other', async () => {
    expect(copy.RequireScopes).not.toBe(RequireScopes);
    @Controller()
    class MixedController {
      @Get('scopes') @copy.RequireScopes('books.read') scopes() {}
      @Get('any') @copy.RequireAnyScope('books.read') any() {}
      @Get('login') @copy.RequireAuthentication({ maxAge: 60 }) login() {}
      @Get('authorize') @copy.Authorize(() => false) authorize() {}
      @Get('optional') @copy.OptionalToken() optional() {}
      @Get('public') @copy.Public() open() {}
      @Get('thrown') thrown() {
        throw new copy.InsufficientScopeException(['books.write']);
      }
    }
    const app = await start('express', MixedController);
    const paths = ['scopes', 'any', 'login', 'authorize', 'optional', 'public'];
    const statuses = await Promise.all(paths.map((path) => statusOf(app, path, 'other')));
    expect(statuses).toEqual([403, 403, 401, 403, 200, 200]);
    expect(await statusOf(app, 'public')).toBe(200);
    const response = await fetch(`${app.url}/thrown`, { headers: { authorization: 'Bearer x' } });
    expect(await errorAnswer(response)).toMatchObject({
      status: 403,
      challenge: expect.stringContaining('scope="books.write"'),
    });
    await app.close();
  });

  test('a guard of the other guards, as the start-up check sees', async () => {
    @Controller()
    class MixedController {
      @Get() @RequireScopes('books.read') @UseGuards(copy.BearerGuard) list() {}
    }
    const imports = [ErrorsModule.forRoot({ bearer: { verifier } })];
    const app = await startApp('express', { imports, controllers: [MixedController] });
    expect(await statusOf(app, '', 'other')).toBe(403);
    await app.close();
  });

  test('a route that demands scopes of the other copy behind no guard does not start', async () => {
    @Controller()
    class OpenController {
      @Get() @copy.RequireScopes('books.read') list() {}
    }
    const app = startApp('express', { imports: [ErrorsModule], controllers: [OpenController] });
    await expect(app).rejects.toThrow(/demands a token that no guard asks for/);
  });
});
