import 'reflect-metadata';
import { deepEqual, match, rejects } from 'node:assert/strict';
import { createRequire } from 'node:module';
import { request as httpRequest } from 'node:http';
import {
  type ArgumentsHost,
  BadRequestException,
  Body,
  Catch,
  Controller,
  Get,
  type INestApplication,
  Module,
  Param,
  ParseIntPipe,
  Post,
  type Type,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import {
  type AbstractHttpAdapter,
  APP_FILTER,
  BaseExceptionFilter,
  NestFactory,
} from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { IsString } from 'class-validator';
import type * as Library from 'nestjs-api-errors';
import type * as Swagger from 'nestjs-api-errors/swagger';
import type * as Testing from 'nestjs-api-errors/testing';

/*
 * Two copies of the library in one process: the module of one, everything else of the other. Called
 * with how each is loaded: `import:nestjs-api-errors`, `require:nestjs-api-errors`, or another name.
 */

type Copy = typeof Library;

const require = createRequire(import.meta.url);

async function load<Exports>(how: string, entry = ''): Promise<Exports> {
  const [format, name] = how.split(':') as [string, string];
  return (format === 'import' ? await import(name + entry) : require(name + entry)) as Exports;
}

const [how, otherHow] = process.argv.slice(2) as [string, string];
const ours = await load<Copy>(how);
const theirs = await load<Copy>(otherHow);

class DriverError extends Error {}

class Tokens implements Library.TokenVerifier {
  verify(token: string): Library.VerifiedToken {
    if (token === 'foreign') {
      throw new theirs.InvalidTokenException(undefined, {
        cause: new ours.ForeignTokenRefusal('of another issuer'),
      });
    }
    if (token === 'bad') {
      throw new theirs.InvalidTokenException();
    }
    return theirs.verifiedToken({ sub: token, scope: token === 'reader' ? 'books.read' : '' });
  }
}

/** Asked about what the verifier before it calls foreign. */
const others: Library.TokenVerifier = {
  verify: () => theirs.verifiedToken({ sub: 'others', scope: 'books.read' }),
};

@theirs.MapErrors(DriverError)
class DriverErrors implements Library.ErrorMapper<DriverError> {
  toException() {
    return new theirs.AlreadyExistException();
  }
}

class LoanOverdueException extends theirs.defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

@theirs.Resource('BOOK')
class BookDto {
  @IsString()
  title!: string;
}

/** As that of nestjs-zod. */
class ZodValidationPipe {
  transform(): never {
    const issues = [{ code: 'custom', path: ['title'], message: 'no' }];
    throw Object.assign(new BadRequestException(), { getZodError: () => ({ issues }) });
  }
}

/** A schema of any library, which refuses everything. */
const nothing: Library.StandardSchema = {
  '~standard': {
    version: 1,
    vendor: 'any',
    validate: () => ({ issues: [{ message: 'no', path: ['title'] }] }),
  },
};

@Controller('schemas')
class SchemasController {
  @Post('zod')
  zod(@Body(ZodValidationPipe) book: unknown) {
    return book;
  }

  @Post('any')
  any(@Body(new theirs.SchemaValidationPipe(nothing)) book: unknown) {
    return book;
  }
}

function booksController(): Type {
  @Controller('books')
  class BooksController {
    @theirs.Public()
    @Get('open')
    open() {
      return {};
    }

    @theirs.OptionalToken()
    @Get('optional')
    optional(@theirs.Token() token: Library.VerifiedToken | undefined) {
      return { subject: token?.claims['sub'] ?? null };
    }

    @theirs.RequireScopes('books.read')
    @Get('scoped')
    scoped(@theirs.Token() token: Library.VerifiedToken) {
      return { subject: token.claims['sub'] };
    }

    @theirs.Authorize((token) => token.scopes.includes('books.read'))
    @Get('authorized')
    authorized() {}

    @theirs.RequireAuthentication({ acrValues: ['phr'] })
    @Get('authenticated')
    authenticated() {}

    @theirs.Public()
    @theirs.Throws(LoanOverdueException)
    @Get('own')
    own() {
      throw new LoanOverdueException();
    }

    @theirs.Public()
    @Get('mapped')
    mapped() {
      throw new DriverError();
    }

    @theirs.Public()
    @Get('number/:page')
    number(@Param('page', ParseIntPipe) page: number) {
      return { page };
    }

    @theirs.Public()
    @Post('piped')
    piped(
      @Body(new ValidationPipe({ exceptionFactory: ours.validationExceptionFactory }))
      book: BookDto,
    ) {
      return book;
    }

    @theirs.Public()
    @Post()
    add(@Body() book: BookDto) {
      return book;
    }
  }
  return BooksController;
}

@Controller('guarded')
@UseGuards(theirs.BearerGuard)
class GuardedController {
  @theirs.RequireScopes('books.read')
  @Get()
  get() {}
}

@Controller('unguarded')
class UnguardedController {
  @theirs.RequireScopes('books.read')
  @Get()
  get() {}
}

@Controller('throwing')
class ThrowingController {
  @Get()
  get() {
    throw new theirs.ResourceNotExistException('BOOK', 'No such book.');
  }

  @Get('bug')
  bug() {
    throw new DriverError();
  }
}

@Catch(Error)
class TheirFilter extends theirs.ErrorsFilter {}

@Catch()
class Tracker extends BaseExceptionFilter {
  override catch(thrown: unknown, host: ArgumentsHost) {
    // oxlint-disable-next-line promise/valid-params -- a filter, no promise
    super.catch(thrown, host);
  }
}

/** Warnings of the application that is started. */
const warnings: string[] = [];
const silent = () => undefined;
const logger = {
  log: silent,
  debug: silent,
  verbose: silent,
  error: silent,
  warn: (message: unknown) => void warnings.push(String(message)),
};

async function start(
  copy: Copy,
  options: Library.ErrorsModuleOptions,
  parts: { controllers?: Type[]; imports?: unknown[]; providers?: unknown[] },
  adapter: AbstractHttpAdapter = new ExpressAdapter(),
): Promise<INestApplication> {
  class AppModule {}
  Module({
    ...(parts as object),
    imports: [copy.ErrorsModule.forRoot(options), ...((parts.imports ?? []) as Type[])],
  })(AppModule);
  warnings.length = 0;
  const app = await NestFactory.create(AppModule, adapter, { logger, abortOnError: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** `METHOD path [authorization]` → `status code [challenge]` */
async function ask(app: INestApplication, what: string, body?: string): Promise<string> {
  const [method, path, ...authorization] = what.split(' ');
  const { port } = app.getHttpServer().address() as { port: number };
  return new Promise((resolve, reject) => {
    const headers = {
      ...(authorization.length > 0 && { authorization: authorization.join(' ') }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    httpRequest({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const { code, failures, ...rest } = JSON.parse(text || '{}') as Record<string, unknown>;
        resolve(
          [
            response.statusCode,
            code ?? JSON.stringify(rest),
            (failures as { in?: string }[] | undefined)?.[0]?.in,
            response.headers['www-authenticate'],
          ]
            .filter(Boolean)
            .join(' '),
        );
      });
    })
      .on('error', reject)
      .end(body);
  });
}

async function expectAnswers(app: INestApplication, expected: Record<string, RegExp>) {
  try {
    for (const [what, answer] of Object.entries(expected)) {
      match(
        await ask(app, what, what.startsWith('POST') ? '{"title":1}' : undefined),
        answer,
        what,
      );
    }
  } finally {
    await app.close();
  }
}

/** The operations that can answer a code, as the catalogue has them. */
async function operationsOf(running: INestApplication, asked: string): Promise<unknown> {
  const url = (await running.getUrl()).replace('[::1]', '127.0.0.1');
  const { errors } = (await (await fetch(`${url}/errors.json`)).json()) as {
    errors: { code: string; operations: string[] }[];
  };
  return errors.find(({ code }) => code === asked)?.operations;
}

// What an application of the other copy did to the process is not in the way of ours
const controllers = [ThrowingController, SchemasController];
await expectAnswers(await start(theirs, {}, { controllers }), {
  'GET /throwing': /^404 BOOK_NOT_EXIST$/,
});
const catalogue = { path: '/errors' };
const validating = await start(ours, { body: { failures: true }, catalogue }, { controllers });
deepEqual(await operationsOf(validating, 'OUT_OF_RANGE'), ['POST /schemas/any']);
await expectAnswers(validating, {
  'POST /schemas/zod': /^400 INVALID_PARAMETER body$/,
  'POST /schemas/any': /^400 INVALID_PARAMETER body$/,
});

const verifier = theirs.anyOf(new Tokens(), others);
const app = await start(
  ours,
  {
    bearer: { verifier, global: true },
    mappers: [DriverErrors],
    body: { failures: true },
    catalogue,
  },
  { controllers: [booksController()] },
);
deepEqual(await operationsOf(app, 'LOAN_OVERDUE'), ['GET /books/own']);
const { checkCatalogue } = await load<typeof Testing>(otherHow, '/testing');
checkCatalogue(app);
const { documentErrors } = await load<typeof Swagger>(otherHow, '/swagger');
const documented = documentErrors(
  { openapi: '3.0.0', info: { title: '', version: '' }, paths: {} },
  app,
) as unknown as { 'x-error-catalogue': { code: string }[] };
deepEqual(
  documented['x-error-catalogue'].some(({ code }) => code === 'LOAN_OVERDUE'),
  true,
);
await expectAnswers(app, {
  'GET /books/open': /^200 /,
  'GET /books/open Bearer bad': /^200 /,
  'GET /books/optional': /^200 .*null/,
  'GET /books/optional Bearer bad': /^401 .*invalid_token/,
  'GET /books/scoped': /^401 UNAUTHORIZED Bearer realm="api"$/,
  'GET /books/scoped Bearer bad': /^401 UNAUTHORIZED Bearer .*error="invalid_token"/,
  'GET /books/scoped Bearer foreign': /^200 .*others/,
  'GET /books/scoped Bearer poor': /^403 FORBIDDEN Bearer .*scope="books.read"/,
  'GET /books/scoped Bearer reader': /^200 .*reader/,
  'GET /books/authorized Bearer poor': /^403 FORBIDDEN$/,
  'GET /books/authorized Bearer reader': /^200 /,
  'GET /books/authenticated Bearer reader': /^401 .*insufficient_user_authentication/,
  'GET /books/own': /^403 LOAN_OVERDUE$/,
  'GET /books/mapped': /^409 ALREADY_EXIST$/,
  'GET /books/number/one': /^400 INVALID_PARAMETER\b/,
  'POST /books': /^400 INVALID_BOOK body$/,
  'POST /books/piped': /^400 INVALID_BOOK body$/,
});

// The guard of the other copy, per controller, where the scheme that was used is said, too
await expectAnswers(
  await start(
    ours,
    {
      bearer: {
        verifier: Tokens,
        dpop: { baseUrl: 'https://a.example', store: new theirs.MemoryStore() },
      },
    },
    { controllers: [GuardedController] },
  ),
  {
    'GET /guarded': /^401 UNAUTHORIZED Bearer /,
    'GET /guarded Bearer reader': /^200 /,
    'GET /guarded DPoP bad': /^401 UNAUTHORIZED .*DPoP .*error="invalid_token"/,
  },
);

// A route that a decorator of the other copy closes stays closed where no guard asks
await rejects(
  start(ours, { bearer: { verifier: Tokens } }, { controllers: [UnguardedController] }),
  /UnguardedController\.get\(\) demands a token that no guard asks for/,
);

// One filter answers, of whichever copy
await rejects(
  start(ours, {}, { imports: [theirs.ErrorsModule] }),
  /ErrorsModule is imported twice/,
);
const filters = (useClass: Type) => ({
  controllers: [ThrowingController],
  providers: [{ provide: APP_FILTER, useClass }],
});
await expectAnswers(await start(ours, {}, filters(TheirFilter)), {
  'GET /throwing': /^404 BOOK_NOT_EXIST$/,
});
deepEqual(
  warnings.filter((warning) => warning.includes('TheirFilter')),
  [],
);
await expectAnswers(await start(ours, {}, filters(Tracker)), {
  'GET /throwing': /^404 BOOK_NOT_EXIST$/,
  'GET /throwing/bug': /^500 INTERNAL_SERVER_ERROR$/,
});

// What Fastify's constructor is told by one copy, the other answers with
const fastify = new FastifyAdapter(theirs.fastifyErrorOptions());
const onFastify = await start(ours, {}, { controllers: [ThrowingController] }, fastify);
deepEqual(warnings, []);
await expectAnswers(onFastify, {
  'GET /throwing': /^404 BOOK_NOT_EXIST$/,
  'GET /%E0%A4%A': /^400 BAD_REQUEST$/,
});
