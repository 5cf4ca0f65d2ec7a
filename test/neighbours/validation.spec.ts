import {
  type ArgumentMetadata,
  BadRequestException,
  Body,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  Get,
  Injectable,
  type INestApplication,
  Module,
  type ModuleMetadata,
  Param,
  ParseIntPipe,
  type PipeTransform,
  Post,
  Query,
  Scope,
  type ValidationError,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { APP_PIPE } from '@nestjs/core';
import { Exclude, Transform, Type } from 'class-transformer';
import {
  IsInt,
  IsOptional,
  IsString,
  Max,
  MinLength,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import {
  ErrorsModule,
  type ErrorsModuleOptions,
  Resource,
  validationExceptionFactory,
} from 'nestjs-api-errors';
import { hasNest } from '../support/packages.js';
import { platforms, type PlatformName, startApp } from '../support/platforms.js';
import { WarningLogger } from '../support/warning.logger.js';

/*
 * Validation is on by default and stands back wherever the application brings a pipe of its own:
 * nothing is validated or transformed twice, and what a pipe of the application makes is its own.
 */

let rules = 0;
let transforms = 0;

function Counted(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'counted',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: () => {
          rules += 1;
          return Promise.resolve(true);
        },
      },
    });
}

class BookDto {
  @IsString() title: string;
  @IsOptional()
  @Counted()
  @Transform(({ value }) => {
    transforms += 1;
    return value as unknown;
  })
  note?: string;
}

class PageQuery {
  @IsOptional() @IsInt() @Max(100) page?: number;
}

/** What a pipe of the application makes of an id. */
class UserEntity {
  @IsString() name: string;
  constructor(name?: string) {
    if (name !== undefined) {
      this.name = name;
    }
  }
}

class NeedsArgument {
  @IsString() name: string;
  constructor(argument: { name: string }) {
    this.name = argument.name.trim();
  }
}

class AccountDto {
  @IsString() name: string;
  @Exclude({ toPlainOnly: true }) @IsString() password: string;
  @Type(() => Date) @IsOptional() since?: Date;
}

class PartDto {
  @IsInt() @Max(9) size: number;
}

@Resource('SHELF')
class ShelfDto {
  @IsString() @MinLength(3) name: string;
  @IsOptional() @ValidateNested() @Type(() => PartDto) part?: PartDto;
}

@Injectable()
class UserByIdPipe implements PipeTransform {
  transform(id: string) {
    return new UserEntity(`user ${id}`);
  }
}

const Caller = createParamDecorator((_data: unknown, context: ExecutionContext) => {
  const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string> }>();
  return { name: headers['x-caller'] };
});

@Controller()
class BooksController {
  @Post('books') create(@Body() book: BookDto) {
    return { book, rules, transforms };
  }
  @Get('pages') page(@Query() query: PageQuery) {
    return { query };
  }
}

@Controller()
class OwnPipesController {
  @Post('own/method')
  @UsePipes(new ValidationPipe({ skipMissingProperties: true }))
  method(@Body() book: BookDto) {
    return { book, rules, transforms };
  }
  @Post('own/parameter') parameter(
    @Body(new ValidationPipe({ skipMissingProperties: true })) book: BookDto,
  ) {
    return { book, rules, transforms };
  }
  @Post('own/none') none(@Body() book: BookDto) {
    return { book };
  }
  @Get('users/:id') user(@Param('id', UserByIdPipe) user: UserEntity) {
    return user;
  }
  @Get('numbers/:id') number(@Param('id', ParseIntPipe) id: number) {
    return { id };
  }
  @Post('needs-argument') needs(@Body() body: NeedsArgument) {
    return body;
  }
  @Post('accounts') account(@Body() account: AccountDto) {
    return account;
  }
  @Post('plain') plain(@Body() body: object) {
    return { keys: Object.keys(body) };
  }
  @Get('caller') caller(@Caller() caller: BookDto) {
    return caller;
  }
  @Post('array') array(@Body() book: BookDto) {
    return book;
  }
}

@Controller()
@UsePipes(new ValidationPipe({ skipMissingProperties: true }))
class OwnPipeOfControllerController {
  @Post('own/controller') create(@Body() book: BookDto) {
    return { book };
  }
}

@Injectable({ scope: Scope.REQUEST })
class RequestValidationPipe extends ValidationPipe {}

@Injectable()
class SchemaValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype }: ArgumentMetadata) {
    if (metatype === BookDto && (value as { forbidden?: unknown }).forbidden) {
      throw new BadRequestException('By a schema.');
    }
    return value;
  }
}

@Module({
  providers: [{ provide: APP_PIPE, useValue: new ValidationPipe({ skipMissingProperties: true }) }],
})
class PipeModule {}

const json = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

type Body = Record<string, unknown>;

describe.each(platforms)('on %s', (platform: PlatformName) => {
  async function start(
    module: ModuleMetadata,
    options?: ErrorsModuleOptions,
    setUp?: (app: INestApplication) => void,
  ) {
    const logger = new WarningLogger();
    const errors = options ? ErrorsModule.forRoot(options) : ErrorsModule;
    const running = await startApp(
      platform,
      { ...module, imports: [errors, ...(module.imports ?? [])] },
      { logger, ...(setUp && { setUp }) },
    );
    const ask = async (path: string, init: RequestInit = {}): Promise<[number, Body]> => {
      const response = await fetch(`${running.url}/${path}`, init);
      return [response.status, (await response.json()) as Body];
    };
    return { ...running, ask, logger };
  }
  type App = Awaited<ReturnType<typeof start>>;

  beforeEach(() => {
    rules = 0;
    transforms = 0;
  });

  describe('with a global pipe of the application', () => {
    const skipping = () => new ValidationPipe({ skipMissingProperties: true, transform: true });
    const nothing = () => {};
    const registrations: [string, ModuleMetadata, (app: INestApplication) => void][] = [
      [
        'APP_PIPE of the root',
        { providers: [{ provide: APP_PIPE, useFactory: skipping }] },
        nothing,
      ],
      ['APP_PIPE of a module imported after', { imports: [PipeModule] }, nothing],
      [
        'APP_PIPE made anew for each request',
        {
          providers: [
            {
              provide: APP_PIPE,
              scope: Scope.REQUEST,
              useFactory: () => new RequestValidationPipe({ skipMissingProperties: true }),
            },
          ],
        },
        nothing,
      ],
      ['useGlobalPipes()', {}, (app) => void app.useGlobalPipes(skipping())],
    ];

    it.each(registrations)('as %s, that alone validates', async (_title, module, setUp) => {
      const { ask, logger, close } = await start(
        { controllers: [BooksController], ...module },
        undefined,
        setUp,
      );
      expect(await ask('books', json({}))).toEqual([201, expect.anything()]);
      expect(await ask('books', json({ title: 7 }))).toEqual([
        400,
        { code: 'INVALID_PARAMETER', description: 'title must be a string' },
      ]);
      transforms = 0;
      rules = 0;
      const [, body] = await ask('books', json({ title: 'x', note: 'y' }));
      // Nest's own pipe transforms once on the way in, and once more on the way out without `transform`
      expect(body['rules']).toBe(1);
      expect(body['transforms']).toBeLessThanOrEqual(2);
      expect(logger.warnings).toEqual([]);
      await close();
    });

    it('converts by its own options', async () => {
      const pipe = new ValidationPipe({
        transform: true,
        transformOptions: { enableImplicitConversion: true },
        errorHttpStatusCode: 422,
      });
      const { ask, close } = await start({ controllers: [BooksController] }, undefined, (app) => {
        app.useGlobalPipes(pipe);
      });
      expect(await ask('pages?page=2')).toEqual([200, { query: { page: 2 } }]);
      expect(await ask('pages?page=200')).toEqual([
        422,
        expect.objectContaining({ description: 'page must not be greater than 100' }),
      ]);
      await close();
    });

    it('asks its factory, which may be asynchronous', async () => {
      const exceptionFactory = async (errors: ValidationError[]) => {
        await Promise.resolve();
        return new BadRequestException(`${errors.length} wrong`);
      };
      const pipe = new ValidationPipe({ exceptionFactory: exceptionFactory as never });
      const { ask, close } = await start({ controllers: [BooksController] }, undefined, (app) => {
        app.useGlobalPipes(pipe);
      });
      expect((await ask('books', json({})))[1]).toEqual({
        code: 'BAD_REQUEST',
        description: '1 wrong',
      });
      await close();
    });

    it('of another library is known by its name', async () => {
      const { ask, close } = await start({
        controllers: [BooksController],
        providers: [{ provide: APP_PIPE, useClass: SchemaValidationPipe }],
      });
      expect(await ask('books', json({}))).toEqual([201, expect.anything()]);
      expect((await ask('books', json({ forbidden: 1 })))[1]['description']).toBe('By a schema.');
      await close();
    });

    it('options of this module are not used, which is told at the start', async () => {
      const { ask, logger, close } = await start(
        { controllers: [BooksController] },
        { validation: { whitelist: true } },
        (app) => void app.useGlobalPipes(skipping()),
      );
      expect((await ask('books', json({})))[0]).toBe(201);
      expect(logger.warnings).toEqual([
        expect.stringMatching(/validates with ValidationPipe.*are not used\. Remove/),
      ]);
      await close();
    });
  });

  describe.each<[string, ErrorsModuleOptions | undefined]>([
    ['unasked', undefined],
    ['asked for', { validation: {} }],
  ])('%s', (_title, options) => {
    let app: App;
    beforeAll(async () => {
      app = await start(
        { controllers: [BooksController, OwnPipesController, OwnPipeOfControllerController] },
        options,
      );
    });
    afterAll(() => app.close());

    it.each(['own/method', 'own/parameter', 'own/controller'])(
      'leaves %s to its own pipe',
      async (path) => {
        expect((await app.ask(path, json({})))[0]).toBe(201);
        expect((await app.ask(path, json({ title: 1 })))[1]).toEqual({
          code: 'INVALID_PARAMETER',
          description: 'title must be a string',
        });
      },
    );

    it('and validates the same class where there is none, at the same time', async () => {
      const answers = await Promise.all(
        ['own/method', 'own/none', 'own/parameter', 'own/none', 'own/controller'].map((path) =>
          app.ask(path, json({})),
        ),
      );
      expect(answers.map(([status]) => status)).toEqual([201, 400, 201, 400, 201]);
      expect(answers[1]![1]).toEqual({
        code: 'MISSING_PARAMETER',
        description: 'title is required.',
      });
    });

    it('leaves what a pipe of the application makes of text', async () => {
      expect(await app.ask('users/7')).toEqual([200, { name: 'user 7' }]);
    });

    it('names the parameter of a pipe that parses', async () => {
      expect((await app.ask('numbers/x'))[1]).toEqual({
        code: 'INVALID_PARAMETER',
        description: 'id: numeric string is expected',
      });
    });

    it('hands a valid body on as it was sent', async () => {
      const account = { name: 'Ada', password: 'x', since: '2026-01-01', more: [1] };
      expect(await app.ask('accounts', json(account))).toEqual([201, account]);
    });

    it('asks each rule once', async () => {
      const [, body] = await app.ask('books', json({ title: 'x', note: 'y' }));
      expect(body).toMatchObject({ rules: 1, transforms: 1 });
    });

    it('refuses what is no object', async () => {
      const [status, { code }] = await app.ask('array', json([{ title: 'x' }]));
      expect([status, code]).toEqual([400, options ? 'MISSING_PARAMETER' : 'INVALID_PARAMETER']);
    });

    it('leaves values of decorators of the application', async () => {
      expect(await app.ask('caller', { headers: { 'x-caller': 'me' } })).toEqual([
        200,
        { name: 'me' },
      ]);
    });
  });

  it('unasked, it takes nothing out of a body and makes nothing that it cannot', async () => {
    const { ask, logger, close } = await start({ controllers: [OwnPipesController] });
    expect(await ask('plain', json({ constructor: 1, prototype: 2, a: 3 }))).toEqual([
      201,
      { keys: ['constructor', 'prototype', 'a'] },
    ]);
    const body = { constructor: 1, prototype: 2, name: 'Ada', password: 'x' };
    expect(await ask('accounts', json(body))).toEqual([201, body]);
    expect(await ask('needs-argument', json({ name: 'x' }))).toEqual([201, { name: 'x' }]);
    expect(await ask('needs-argument', json({ name: 'x' }))).toEqual([201, { name: 'x' }]);
    expect(logger.warnings).toEqual([
      expect.stringMatching(/^NeedsArgument has rules .*can't make one.*not validated/),
    ]);
    await close();
  });

  describe("with this library's factory in the application's own pipe", () => {
    @Controller()
    class ShelvesController {
      @Post('ours') ours(@Body() shelf: ShelfDto) {
        return shelf;
      }
      @Post('own')
      own(
        @Body(new ValidationPipe({ exceptionFactory: validationExceptionFactory }))
        shelf: ShelfDto,
      ) {
        return shelf;
      }
    }

    it.each([
      ['nothing', {}],
      ['a wrong type', { name: 5 }],
      ['a text that is too short', { name: 'ab' }],
      ['a part that is not there', { name: 'abc', part: {} }],
      ['a part out of bounds', { name: 'abc', part: { size: 12 } }],
      ['a part of a wrong type', { name: 'abc', part: { size: '12' } }],
      ['a part that is none', { name: 'abc', part: 7 }],
      ['several', { name: 'ab', part: { size: 12 } }],
    ])('%s is answered as by the pipe of this module', async (_what, body) => {
      const { ask, close } = await start(
        { controllers: [ShelvesController] },
        { body: { failures: true } },
      );
      const [status, answer] = await ask('own', json(body));
      expect([status, answer]).toEqual(await ask('ours', json(body)));
      expect(answer['failures']).toEqual(
        expect.arrayContaining([expect.objectContaining({ in: 'body' })]),
      );
      await close();
    });
  });

  it('says the numbers, and the real fault of each parameter', async () => {
    @Controller()
    class ShelvesController {
      @Post('shelves') create(@Body() shelf: ShelfDto) {
        return shelf;
      }
      @Get('pages') page(@Query() query: PageQuery) {
        return query;
      }
    }
    const { ask, close } = await start({ controllers: [ShelvesController] });
    const cases: [unknown, string, string][] = [
      [{ name: 5 }, 'INVALID_SHELF', 'name must be a string.'],
      [{ name: 'ab' }, 'LIMIT_EXCEEDED', 'name must be longer than or equal to 3 characters.'],
      [
        { name: 'abc', part: { size: '12' } },
        'INVALID_SHELF',
        'part.size must be an integer number.',
      ],
      [
        { name: 'abc', part: { size: 9.5 } },
        'INVALID_SHELF',
        'part.size must be an integer number.',
      ],
      [
        { name: 'abc', part: { size: 9e9 } },
        'OUT_OF_RANGE',
        'part.size must not be greater than 9.',
      ],
      [
        { name: 'abc', part: { size: 10 } },
        'OUT_OF_RANGE',
        'part.size must not be greater than 9.',
      ],
    ];
    for (const [body, code, description] of cases) {
      expect((await ask('shelves', json(body)))[1]).toEqual({ code, description });
    }
    expect((await ask('pages?page=100'))[1]['description']).toBe('page must be an integer number.');
    await close();
  });

  it('says nothing of failures where messages are switched off', async () => {
    const { ask, close } = await start(
      { controllers: [BooksController] },
      { validation: { disableErrorMessages: true }, body: { failures: true } },
    );
    expect((await ask('books', json({ title: 1 })))[1]).toEqual({
      code: 'INVALID_PARAMETER',
      description: 'A parameter has the wrong format or content.',
    });
    await close();
  });

  if (hasNest(12)) {
    it('grouped messages stay, on Nest 12', async () => {
      const pipe = new ValidationPipe({ errorFormat: 'grouped' });
      const { ask, close } = await start({ controllers: [BooksController] }, undefined, (app) => {
        app.useGlobalPipes(pipe);
      });
      expect((await ask('books', json({ title: 1 })))[1]).toEqual({
        code: 'INVALID_PARAMETER',
        description: 'title must be a string',
      });
      await close();
    });
  }

  it('a message of the application with a hostile value takes no time', async () => {
    class NoteDto {
      @IsOptional()
      @IsInt({ message: 'The note $value is none: $value' })
      note?: unknown;
      @IsOptional()
      @IsInt({ message: ({ value }) => `The tag ${String(value)} is none` })
      tag?: unknown;
    }
    @Controller()
    class NotesController {
      @Post('notes') create(@Body() note: NoteDto) {
        return note;
      }
    }
    const { ask, close } = await start({ controllers: [NotesController] });
    expect((await ask('notes', json({ note: 'SECRET' })))[1]['description']).toBe(
      'The note … is none: ….',
    );
    expect((await ask('notes', json({ tag: 'SECRET' })))[1]['description']).toBe(
      'The tag … is none.',
    );
    for (const name of ['note', 'tag']) {
      const hostile = json({ [name]: '$&'.repeat(45_000) });
      const begin = performance.now();
      const [status, { description }] = await ask('notes', hostile);
      expect(performance.now() - begin).toBeLessThan(1000);
      expect(status).toBe(400);
      expect(description).not.toContain('$&');
    }
    await close();
  });
});
