import {
  Body,
  Controller,
  Delete,
  Get,
  type INestApplication,
  Param,
  ParseIntPipe,
  Post,
  Version,
  VERSION_NEUTRAL,
  VersioningType,
} from '@nestjs/common';
import { NestFactory, RouterModule } from '@nestjs/core';
import {
  ApiExcludeEndpoint,
  ApiNotFoundResponse,
  ApiOperation,
  ApiSecurity,
  DocumentBuilder,
  type OpenAPIObject,
  type SwaggerDocumentOptions,
  SwaggerModule,
} from '@nestjs/swagger';
import {
  ConflictException,
  DeletedException,
  ErrorsModule,
  type ErrorsModuleOptions,
  NotFoundException,
  OptionalToken,
  Public,
  RequireAnyScope,
  RequireScopes,
  ResourceNotExistException,
  Throws,
  verifiedToken,
} from 'nestjs-api-errors';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { faultsOf } from '../support/openapi-faults.js';
import { platforms } from '../support/platforms.js';
import { rootModule } from '../support/root-module.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schema = { type: string; required: string[]; properties: { code: object } };

const verifier = { verify: () => verifiedToken({}) };
const BookNotExist = ResourceNotExistException.for('BOOK');

abstract class Crud {
  @Get(':id')
  @Throws(NotFoundException)
  find(@Param('id', ParseIntPipe) id: number) {
    return id;
  }
}

@Controller('books')
@Throws(BookNotExist)
class BooksController extends Crud {
  @Throws(ConflictException)
  @Delete(':id')
  remove() {}

  @Delete(':id/copies')
  @ApiOperation({ operationId: 'find' })
  @Throws(ConflictException, DeletedException)
  removeCopies() {}

  @Get(':id/cover')
  @ApiExcludeEndpoint()
  cover() {}
}

@Controller(['members', 'people'])
@Throws(DeletedException)
class MembersController extends Crud {}

@Controller({ path: 'loans', version: ['1', '2'] })
class LoansController {
  @Get()
  @Version(VERSION_NEUTRAL)
  @Throws(ConflictException)
  neutral() {}

  @Post()
  @Throws(DeletedException)
  add(@Body() body: object) {
    return body;
  }
}

interface Made {
  readonly document: OpenAPIObject;
  readonly app: INestApplication;
}

interface Making {
  readonly controllers?: (new () => object)[];
  readonly options?: ErrorsModuleOptions;
  readonly setUp?: (app: INestApplication) => void;
  readonly document?: SwaggerDocumentOptions;
  readonly config?: (builder: DocumentBuilder) => DocumentBuilder;
}

const open: INestApplication[] = [];
afterAll(() => Promise.all(open.map((app) => app.close())));

describe.each(platforms)('documentErrors(), on %s', (_platform, adapter) => {
  async function make({ controllers = [BooksController], options = {}, ...rest }: Making) {
    const imports = [ErrorsModule.forRoot(options)];
    const app = await NestFactory.create(rootModule({ imports, controllers }), adapter(), {
      logger: false,
      abortOnError: false,
    });
    open.push(app);
    return complete(app, rest);
  }

  function complete(app: INestApplication, { setUp, document, config }: Making): Made {
    setUp?.(app);
    const builder = config?.(new DocumentBuilder()) ?? new DocumentBuilder();
    const made = SwaggerModule.createDocument(app, builder.build(), document);
    return { document: documentErrors(made, app), app };
  }

  it('gives each operation its codes, one response a status', async () => {
    const { document } = await make({ controllers: [BooksController, MembersController] });
    expect(codesOf(document)).toEqual({
      'get /books/{id}': ['400 INVALID_PARAMETER', '404 BOOK_NOT_EXIST NOT_FOUND', '500 …'],
      'delete /books/{id}': ['404 BOOK_NOT_EXIST', '409 CONFLICT', '500 …'],
      'delete /books/{id}/copies': ['404 BOOK_NOT_EXIST', '409 CONFLICT', '410 DELETED', '500 …'],
      'get /members/{id}': ['400 INVALID_PARAMETER', '404 NOT_FOUND', '410 DELETED', '500 …'],
      'get /people/{id}': ['400 INVALID_PARAMETER', '404 NOT_FOUND', '410 DELETED', '500 …'],
    });
  });

  it('has one schema a status, with named examples', async () => {
    const { document } = await make({});
    const response = responseOf(document, document.paths['/books/{id}']!.get!, '404');
    expect(response).toEqual({
      description: expect.stringContaining('- `BOOK_NOT_EXIST`: '),
      headers: { 'X-Request-Id': { $ref: '#/components/headers/X-Request-Id' } },
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['code', 'description'],
            properties: {
              code: { type: 'string', enum: ['BOOK_NOT_EXIST', 'NOT_FOUND'] },
              description: { $ref: '#/components/schemas/ErrorDescription' },
            },
          },
          examples: {
            BOOK_NOT_EXIST: { value: { code: 'BOOK_NOT_EXIST', description: expect.any(String) } },
            NOT_FOUND: { value: { code: 'NOT_FOUND', description: expect.any(String) } },
          },
        },
      },
    });
  });

  it('shares what is the same wherever it is answered', async () => {
    const { document } = await make({ controllers: [BooksController, MembersController] });
    for (const { operation } of operationsOf(document)) {
      expect(operation.responses['500']).toEqual({
        $ref: '#/components/responses/InternalServerError500',
      });
    }
    expect(Object.keys(document.components!.headers!)).toEqual([
      'X-Request-Id',
      'WWW-Authenticate',
      'Retry-After',
    ]);
  });

  it('says const in OpenAPI 3.1', async () => {
    const { document } = await make({ config: (builder) => builder.setOpenAPIVersion('3.1.0') });
    expect(
      schemaOf(document, document.paths['/books/{id}']!.delete!, '409').properties.code,
    ).toEqual({ type: 'string', const: 'CONFLICT' });
  });

  it.each<[string, Making, string[]]>([
    [
      'a global prefix with exceptions',
      {
        setUp: (app) => app.setGlobalPrefix('api', { exclude: [{ path: 'books/:id', method: 0 }] }),
      },
      ['get /books/{id}', 'delete /api/books/{id}', 'delete /api/books/{id}/copies'],
    ],
    [
      'a global prefix that the document ignores',
      { setUp: (app) => app.setGlobalPrefix('api'), document: { ignoreGlobalPrefix: true } },
      ['get /books/{id}', 'delete /books/{id}', 'delete /books/{id}/copies'],
    ],
    [
      'versions in the path',
      {
        controllers: [LoansController],
        setUp: (app) => app.enableVersioning({ type: VersioningType.URI }),
      },
      ['get /loans', 'post /v1/loans', 'post /v2/loans'],
    ],
    [
      'operation ids of the application',
      { document: { operationIdFactory: () => 'same' } },
      ['get /books/{id}', 'delete /books/{id}', 'delete /books/{id}/copies'],
    ],
  ])('finds the routes behind %s', async (_what, making, expected) => {
    const { document } = await make(making);
    expect(Object.keys(codesOf(document)).toSorted()).toEqual(expected.toSorted());
    for (const { operation } of operationsOf(document)) {
      expect(operation.responses).toHaveProperty('500');
    }
  });

  it('finds the routes of RouterModule', async () => {
    const child = rootModule({ controllers: [BooksController] });
    const imports = [ErrorsModule, child, RouterModule.register([{ path: 'shop', module: child }])];
    const app = await NestFactory.create(rootModule({ imports }), adapter(), { logger: false });
    open.push(app);
    const { document } = complete(app, {});
    expect(Object.keys(codesOf(document))).toContain('get /shop/books/{id}');
    expect(codesOf(document)['get /shop/books/{id}']).toContain('404 BOOK_NOT_EXIST NOT_FOUND');
  });

  it('gives one path of several versions what each of them answers', async () => {
    @Controller('prices')
    class PricesController {
      @Get() @Version('1') @Throws(DeletedException) first() {}
      @Get() @Version('2') @Throws(ConflictException) second() {}
    }
    const { document } = await make({
      controllers: [PricesController],
      setUp: (app) => app.enableVersioning({ type: VersioningType.HEADER, header: 'X-Version' }),
    });
    expect(codesOf(document)).toEqual({
      'get /prices': ['409 CONFLICT', '410 DELETED', '500 …'],
    });
  });

  it('leaves out what the document leaves out', async () => {
    const { document } = await make({});
    expect(Object.keys(document.paths)).not.toContain('/books/{id}/cover');
  });

  it('keeps what the application documented, and leaves its document as it is', async () => {
    @Controller('own')
    class OwnController {
      @Get()
      @Throws(NotFoundException, DeletedException)
      @ApiNotFoundResponse({ description: 'Mine.' })
      find() {}
    }
    const { app } = await make({ controllers: [OwnController] });
    const made = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    const before = structuredClone(made);
    const document = documentErrors(made, app);
    expect(made).toEqual(before);
    const { responses } = document.paths['/own']!.get!;
    expect(responses['404']).toEqual({ description: 'Mine.' });
    expect(Object.keys(responses)).toEqual(['404', '410', '500']);
  });

  it('makes a summary of the name of a handler that has none', async () => {
    @Controller('own')
    class OwnController {
      @Get() findByIsbn() {}
      @ApiOperation({ summary: 'Mine' }) @Post() add() {}
    }
    const { document } = await make({ controllers: [OwnController] });
    expect(document.paths['/own']!.get!.summary).toBe('Find by isbn');
    expect(document.paths['/own']!.post!.summary).toBe('Mine');
  });

  it('is the same for a document that is complete already', async () => {
    const { document, app } = await make({});
    expect(documentErrors(document, app)).toEqual(document);
  });

  it('documents who may call, in the order of any decorators', async () => {
    @Controller('safe')
    class SafeController {
      @RequireScopes('a', 'b') @RequireAnyScope('c', 'd') @Get('scoped') scoped() {}
      @Get('plain') plain() {}
      @Get('optional') @OptionalToken() optional() {}
      @Get('public') @Public() open() {}
      @ApiSecurity('key') @Get('own') own() {}
    }
    const making = {
      controllers: [SafeController],
      options: { bearer: { verifier, global: true, realm: 'safe' } },
    };
    const { document } = await make({
      ...making,
      config: (builder) =>
        builder.addSecurityRequirements('oauth').addOAuth2(
          {
            type: 'oauth2',
            flows: { clientCredentials: { tokenUrl: '/token', scopes: { a: 'A' } } },
          },
          'oauth',
        ),
    });
    const securityOf = (path: string) => document.paths[path]!.get!.security;
    expect(securityOf('/safe/scoped')).toEqual([
      { oauth: ['a', 'b', 'c'] },
      { oauth: ['a', 'b', 'd'] },
    ]);
    expect(securityOf('/safe/plain')).toEqual([{ oauth: [] }]);
    expect(securityOf('/safe/optional')).toEqual([{}, { oauth: [] }]);
    expect(securityOf('/safe/public')).toEqual([]);
    expect(securityOf('/safe/own')).toEqual([{ key: [] }]);
    expect(document.components!.securitySchemes!['oauth']).toEqual({
      type: 'oauth2',
      flows: {
        clientCredentials: { tokenUrl: '/token', scopes: { a: 'A', b: '', c: '', d: '' } },
      },
    });
    const plain = await make(making);
    expect(plain.document.components!.securitySchemes).toEqual({
      bearer: { type: 'http', scheme: 'bearer' },
    });
    expect(plain.document.paths['/safe/scoped']!.get!.security).toEqual([
      { bearer: [] },
      { bearer: [] },
    ]);
  });

  it('documents proofs of possession, and the nonce that they have to hold', async () => {
    @Controller('safe')
    class SafeController {
      @RequireScopes('a') @Get('scoped') scoped() {}
    }
    const dpop = { baseUrl: 'https://api.example.com', nonce: true };
    const guarded = (more: object, config?: (builder: DocumentBuilder) => DocumentBuilder) =>
      make({
        controllers: [SafeController],
        options: { bearer: { verifier, global: true, realm: 'safe', ...more } },
        ...(config && { config }),
      });
    const { document } = await guarded({ dpop });
    const { get } = document.paths['/safe/scoped']!;
    expect(get!.security).toEqual([{ bearer: [] }, { dpop: [] }]);
    expect(document.components!.securitySchemes).toEqual({
      bearer: { type: 'http', scheme: 'bearer' },
      dpop: expect.objectContaining({ type: 'http', scheme: 'DPoP' }),
    });
    expect(responseOf(document, get!, '401').headers).toHaveProperty('DPoP-Nonce', {
      $ref: '#/components/headers/DPoP-Nonce',
    });
    expect(document.components!.headers).toHaveProperty('DPoP-Nonce');

    const required = await guarded({ dpop: { ...dpop, required: true, nonce: false } }, (builder) =>
      builder.addOAuth2({ type: 'oauth2', flows: {} }, 'oauth'),
    );
    expect(required.document.paths['/safe/scoped']!.get!.security).toEqual([
      { oauth: ['a'], dpop: [] },
    ]);
    const only = await guarded({ dpop: { ...dpop, required: true } });
    expect(only.document.components!.securitySchemes).not.toHaveProperty('bearer');

    const without = await guarded({});
    expect(without.document.components!.headers).not.toHaveProperty('DPoP-Nonce');
    expect(without.document.components!.securitySchemes).not.toHaveProperty('dpop');
  });

  it('documents the headers of challenges and of waiting', async () => {
    @Controller()
    class SafeController {
      @RequireScopes('a') @Get('scoped') scoped() {}
    }
    const { document } = await make({
      controllers: [SafeController],
      options: { bearer: { verifier, global: true, realm: 'safe' } },
    });
    const headers = (status: string) =>
      responseOf(document, document.paths['/scoped']!.get!, status).headers!;
    const shared = { $ref: '#/components/headers/WWW-Authenticate' };
    expect(headers('400')).toHaveProperty('WWW-Authenticate', shared);
    expect(headers('401')).toHaveProperty('WWW-Authenticate', shared);
    expect(headers('403')['WWW-Authenticate']).toMatchObject({
      example: expect.stringMatching(/^Bearer realm="safe", error="insufficient_scope".*scope="a"/),
    });
    expect(headers('503')).toHaveProperty('Retry-After');
    expect(headers('500')).not.toHaveProperty('WWW-Authenticate');
    expect(headers('500')).not.toHaveProperty('Retry-After');
  });

  it('documents the members that the body was given', async () => {
    const { document } = await make({ options: { body: { failures: true, requestId: true } } });
    const schema = schemaOf(document, document.paths['/books/{id}']!.get!, '400');
    expect(Object.keys(schema.properties)).toEqual([
      'code',
      'description',
      'requestId',
      'failures',
    ]);
    expect(schema.required).toEqual(['code', 'description', 'requestId']);
  });

  it('folds statuses where the module does', async () => {
    const { document } = await make({ controllers: [LoansController], options: { strict: true } });
    expect(codesOf(document)['post /loans']).toEqual([
      '400 BAD_REQUEST LIMIT_EXCEEDED',
      '410 DELETED',
      '500 …',
    ]);
  });

  it('holds the whole catalogue', async () => {
    const { document } = await make({});
    const catalogue = (document as unknown as Record<string, object[]>)['x-error-catalogue'];
    expect(catalogue).toContainEqual(
      expect.objectContaining({ status: 404, code: 'BOOK_NOT_EXIST' }),
    );
    expect(catalogue!.length).toBeGreaterThan(19);
  });

  it('says what to do where the application has no ErrorsModule', async () => {
    const app = await NestFactory.create(rootModule({}), adapter(), { logger: false });
    open.push(app);
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(() => documentErrors(document, app)).toThrow(/import ErrorsModule/);
  });
});

it.each(['3.0.3', '3.1.0'] as const)(
  'OpenAPI %s has no error by the recommended rules of Redocly',
  async (version) => {
    @Controller('safe')
    @Throws(DeletedException)
    class SafeController {
      @RequireScopes('a')
      @RequireAnyScope('b', 'c')
      @Post(':id')
      @Throws(ConflictException, BookNotExist)
      add(@Param('id', ParseIntPipe) id: number, @Body() body: object) {
        return { id, body };
      }
      @Public() @Get() list() {}
    }
    const options: ErrorsModuleOptions = {
      bearer: { verifier, global: true },
      body: { failures: true, requestId: true },
    };
    const imports = [ErrorsModule.forRoot(options)];
    const module = rootModule({ imports, controllers: [SafeController] });
    const app = await NestFactory.create(module, { logger: false });
    open.push(app);
    const config = new DocumentBuilder().setOpenAPIVersion(version).setTitle('Safe').build();
    const document = documentErrors(SwaggerModule.createDocument(app, config), app);
    expect(await faultsOf(document)).toEqual([]);
    const { title, ...untitled } = document.info;
    expect(await faultsOf({ ...document, info: untitled as typeof document.info })).toEqual([
      expect.stringContaining('title'),
    ]);
    expect(title).toBe('Safe');
  },
);

function operationsOf(document: OpenAPIObject) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      key: `${method} ${path}`,
      operation,
    })),
  );
}

/** What each operation says of its errors, a line a status; of the 500 that each has but little. */
function codesOf(document: OpenAPIObject): Record<string, string[]> {
  return Object.fromEntries(
    operationsOf(document).map(({ key, operation }) => [
      key,
      Object.keys(operation.responses)
        .filter((status) => Number(status) >= 400)
        .map((status) =>
          status === '500' ? '500 …' : `${status} ${codes(schemaOf(document, operation, status))}`,
        ),
    ]),
  );
}

function codes({ properties }: Schema): string {
  const code = properties.code as { enum?: string[]; const?: string };
  return (code.enum ?? [code.const]).join(' ');
}

interface Response {
  readonly headers?: Record<string, object>;
  readonly content: { 'application/json': { schema: Schema } };
}

function responseOf(document: OpenAPIObject, operation: Operation, status: string): Response {
  const response = operation.responses[status] as { $ref?: string };
  const name = response.$ref?.split('/').at(-1);
  return (name ? document.components!.responses![name] : response) as unknown as Response;
}

function schemaOf(document: OpenAPIObject, operation: Operation, status: string): Schema {
  return responseOf(document, operation, status).content['application/json'].schema;
}
