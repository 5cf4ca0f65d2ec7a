import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  Controller,
  Get,
  Injectable,
  type ExecutionContext,
  Post,
  Type,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ErrorsModule, UnauthorizedException as UnauthorizedRow } from 'nestjs-api-errors';
import { documentErrors } from 'nestjs-api-errors/swagger';
import jsonwebtoken from 'jsonwebtoken';
import { Strategy as BearerStrategy } from 'passport-http-bearer';
import { Strategy as JwtFromRequest } from 'passport-jwt';
import { AppModule, BooksController, JwtStrategy, secret } from './recipes/passport.js';
import { changesNothing, made, onEachAdapter, start } from './support.js';

const token = (options: object = {}, key = secret, subject = 'ada') =>
  `Bearer ${jsonwebtoken.sign({ sub: subject }, key, { audience: 'books', expiresIn: 60, ...options })}`;

interface Headed {
  header(name: string, value: string): unknown;
}

const good = { headers: { authorization: token() } };

onEachAdapter('@nestjs/passport', (platform) => {
  it('leaves a good token', () => changesNothing(AppModule, platform, ['/books', good]));

  const bare = 'Bearer realm="books"';
  const refused = (text: string) => `${bare}, error="invalid_token", error_description="${text}"`;
  const standard = UnauthorizedRow.description;
  for (const [name, authorization, challenge, description] of [
    ['no token', undefined, bare, undefined],
    ['another scheme', 'Basic YTpi', bare, undefined],
    [
      'an expired token',
      token({ expiresIn: -10 }),
      refused('The access token has expired.'),
      'The access token has expired.',
    ],
    [
      'a token of another key',
      token({}, 'another'),
      refused('The access token is not valid.'),
      'The access token is not valid.',
    ],
    [
      'a token for another audience',
      token({ audience: 'shelves' }),
      refused('The access token is not valid.'),
      'The access token is not valid.',
    ],
    [
      'a token that is not valid yet',
      token({ notBefore: 30 }),
      refused('The access token is not valid.'),
      'The access token is not valid.',
    ],
    [
      'what is no token',
      'Bearer x',
      refused('The access token is not valid.'),
      'The access token is not valid.',
    ],
    ['a token of nobody', token({}, secret, 'nobody'), bare, undefined],
  ] as const) {
    it(`${name} is answered ${challenge}`, async () => {
      const { ask } = await start(AppModule, platform);
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const answer = await ask('/books', { headers });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('www-authenticate'), challenge);
      assert.equal(answer.body['code'], 'UNAUTHORIZED');
      assert.ok(String(answer.body['description']).startsWith(description ?? standard));
    });
  }

  it('a guard of the application keeps its words', async () => {
    @Injectable()
    class OwnGuard extends AuthGuard('jwt') {
      override handleRequest<User>(error: unknown, user: User): User {
        if (error || !user) {
          throw new UnauthorizedException('Log in at the desk.');
        }
        return user;
      }
    }
    const { ask } = await start(guarded(OwnGuard), platform);
    const headers = { authorization: token({ expiresIn: -10 }) };
    const answer = await ask('/own', { headers });
    assert.deepEqual(answer.body, { code: 'UNAUTHORIZED', description: 'Log in at the desk.' });
    assert.equal(answer.headers.get('www-authenticate'), refused('The access token has expired.'));
  });

  it('a guard of the application keeps its challenge', async () => {
    @Injectable()
    class OwnGuard extends AuthGuard('jwt') {
      override handleRequest<User>(
        error: unknown,
        user: User,
        _info: unknown,
        context: ExecutionContext,
      ): User {
        const response = context.switchToHttp().getResponse<Headed>();
        response.header('WWW-Authenticate', 'Desk realm="hall"');
        throw error || new UnauthorizedException(String(user));
      }
    }
    const { ask } = await start(guarded(OwnGuard), platform);
    const { headers } = await ask('/own', {
      headers: { authorization: token({ expiresIn: -10 }) },
    });
    assert.equal(headers.get('www-authenticate'), 'Desk realm="hall"');
  });

  it('strategies that say their challenge are answered with it', async () => {
    @Injectable()
    class OpaqueStrategy extends PassportStrategy(BearerStrategy) {
      constructor() {
        super({ realm: 'opaque' });
      }
      validate(given: string) {
        return given === 'good' ? { name: 'ada' } : null;
      }
    }
    const { ask } = await start(guarded(AuthGuard('bearer'), OpaqueStrategy), platform);
    const challenged = async (authorization?: string) => {
      const headers: Record<string, string> = authorization ? { authorization } : {};
      const { status, headers: found } = await ask('/own', { headers });
      return [status, found.get('www-authenticate')];
    };
    assert.deepEqual(await challenged('Bearer good'), [200, null]);
    assert.deepEqual(await challenged(), [401, 'Bearer realm="opaque"']);
    assert.deepEqual(await challenged('Bearer bad'), [
      401,
      'Bearer realm="opaque", error="invalid_token"',
    ]);
  });

  it('of several strategies each has its challenge once', async () => {
    @Injectable()
    class KeyStrategy extends PassportStrategy(BearerStrategy, 'key') {
      override authenticate(): void {
        (this as unknown as { fail(challenge: string): void }).fail('ApiKey realm="keys"');
      }
      validate() {}
    }
    const { ask } = await start(guarded(AuthGuard(['key', 'jwt']), KeyStrategy), platform);
    const missing = await ask('/own');
    assert.equal(missing.headers.get('www-authenticate'), `ApiKey realm="keys", ${bare}`);
    const headers = { authorization: token({ expiresIn: -10 }) };
    const expired = await ask('/own', { headers });
    assert.equal(
      expired.headers.get('www-authenticate'),
      `ApiKey realm="keys", ${refused('The access token has expired.')}`,
    );
  });

  it('of two strategies of one scheme, that which found a token counts', async () => {
    @Injectable()
    class CookieStrategy extends PassportStrategy(JwtFromRequest, 'cookie') {
      constructor() {
        super({ jwtFromRequest: () => null, secretOrKey: secret });
      }
      validate() {}
    }
    const headers = { authorization: token({ expiresIn: -10 }) };
    for (const names of [
      ['cookie', 'jwt'],
      ['jwt', 'cookie'],
    ]) {
      const { ask } = await start(guarded(AuthGuard(names), CookieStrategy), platform);
      const answer = await ask('/own', { headers });
      assert.equal(
        answer.headers.get('www-authenticate'),
        refused('The access token has expired.'),
      );
    }
  });

  it('a 401 in a handler behind a good token is not of the token', async () => {
    @Controller('own')
    @UseGuards(AuthGuard('jwt'))
    class OwnController {
      @Post() pay() {
        throw new UnauthorizedException('Enter your PIN.');
      }
    }
    const module = made({
      imports: [ErrorsModule.forRoot({ bearer: { realm: 'books' } })],
      controllers: [OwnController],
      providers: [JwtStrategy],
    });
    const { ask } = await start(module, platform);
    const answer = await ask('/own', { method: 'POST', ...good });
    assert.deepEqual(answer.body, { code: 'UNAUTHORIZED', description: 'Enter your PIN.' });
    assert.equal(answer.headers.get('www-authenticate'), bare);
  });

  it('401 is declared for the routes behind its guards', async () => {
    @Injectable()
    class PublicAwareGuard extends AuthGuard('jwt') {
      constructor(private readonly reflector: Reflector) {
        super();
      }
      override canActivate(context: ExecutionContext) {
        const targets = [context.getHandler(), context.getClass()];
        return (
          this.reflector.getAllAndOverride<boolean>('isPublic', targets) ||
          super.canActivate(context)
        );
      }
    }
    const behind = async (module: Type) => {
      const { app } = await start(module, platform);
      const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
      const { paths } = documentErrors(document, app);
      return Object.keys(paths).filter((path) => '401' in paths[path].get!.responses);
    };
    assert.deepEqual(await behind(guarded(AuthGuard('jwt'))), ['/own', '/own/open']);
    // Nobody but a guard of the application's own knows of routes that are open
    assert.deepEqual(await behind(guarded(PublicAwareGuard)), ['/own']);
  });

  it('and is nothing undeclared', async () => {
    const module = made({
      imports: [ErrorsModule.forRoot({ undeclared: 'log' })],
      controllers: [BooksController],
      providers: [JwtStrategy],
    });
    const { ask, log } = await start(module, platform);
    assert.equal((await ask('/books')).status, 401);
    assert.deepEqual(
      log.filter((line) => line.includes('declare')),
      [],
    );
  });
});

/** An application with a route behind a guard, and an open one. */
function guarded(guard: Type, strategy: Type = JwtStrategy): Type {
  @Controller('own')
  @UseGuards(guard)
  class OwnController {
    @Get() list() {
      return [];
    }
    @Get('open') open() {
      return [];
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(OwnController.prototype, 'open')!;
  Reflect.defineMetadata('isPublic', true, descriptor.value as object);
  return made({
    imports: [ErrorsModule.forRoot({ bearer: { realm: 'books' } })],
    controllers: [OwnController],
    providers: [strategy, ...(strategy === JwtStrategy ? [] : [JwtStrategy])],
  });
}
