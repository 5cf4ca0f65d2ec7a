import 'reflect-metadata';
import {
  Body,
  Controller,
  Get,
  Param,
  ParseArrayPipe,
  ParseBoolPipe,
  ParseEnumPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  BadRequestException,
  Post,
  Query,
  ValidationPipe,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  registerDecorator,
  ValidateNested,
} from 'class-validator';
import { ErrorsModule, Resource, validationExceptionFactory } from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { platforms, type RunningApp, startApp } from '../support/platforms.js';

function IsEven(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isEven',
      target: target.constructor,
      propertyName: propertyName as string,
      validator: {
        validate: (value) => (value as number) % 2 === 0,
        defaultMessage: () => '$property must be even',
      },
    });
}

class ItemDto {
  @IsString() @MaxLength(5) name: string;
  @IsInt() @Min(0) @Max(100) price: number;
}

class BasketDto {
  @IsString() @MaxLength(10) title: string;
  @IsOptional() @IsInt() @Min(1) @Max(10) limit?: number;
  @IsOptional() @IsString({ each: true }) @ArrayMaxSize(2) tags?: string[];
  @IsOptional() @ValidateNested({ each: true }) @Type(() => ItemDto) items?: ItemDto[];
  @IsOptional() @IsEven() even?: number;
  @IsOptional() @IsIn(['a', 'b'], { message: 'colour $value is none of ours' }) colour?: string;
}

@Resource('BASKET')
class ResourceDto {
  @IsDefined() @IsString() @MaxLength(5) name: string;
}

class PageQuery {
  @IsInt() @Min(1) @Type(() => Number) page: number;
}

class ShelfParams {
  @IsIn(['a', 'b']) shelf: string;
}

class MapsDto {
  @ValidateNested() @Type(() => ItemDto) byKey: Map<string, ItemDto>;
  @ValidateNested({ each: true }) @Type(() => ItemDto) set: Set<ItemDto>;
}

enum Colour {
  Red = 'red',
}

@Controller()
class ValidatedController {
  @Post('baskets') create(@Body() body: BasketDto) {
    return body;
  }
  @Post('resources') resource(@Body() body: ResourceDto) {
    return body;
  }
  @Post('maps') maps(@Body() body: MapsDto) {
    return body;
  }
  @Get('pages') page(@Query() query: PageQuery) {
    return query;
  }
  @Get('shelves/:shelf') shelf(@Param() params: ShelfParams) {
    return params;
  }
  @Get('int/:id') int(@Param('id', ParseIntPipe) id: number) {
    return id;
  }
  @Get('uuid/:id') uuid(@Param('id', new ParseUUIDPipe()) id: string) {
    return id;
  }
  @Get('bool') bool(@Query('on', ParseBoolPipe) on: boolean) {
    return on;
  }
  @Get('enum') enum(@Query('colour', new ParseEnumPipe(Colour)) colour: Colour) {
    return colour;
  }
  @Get('array') array(@Query('ids', new ParseArrayPipe({ items: Number })) ids: number[]) {
    return ids;
  }
  @Get('own') own(): never {
    throw new BadRequestException('Not so.');
  }
  @Post('own-pipe') ownPipe(@Body(new ValidationPipe()) body: BasketDto) {
    return body;
  }
  @Post('own-factory')
  ownFactory(
    @Body(new ValidationPipe({ exceptionFactory: validationExceptionFactory })) body: BasketDto,
  ) {
    return body;
  }
}

const cases: [string, string, unknown, string, string | RegExp][] = [
  // what, route, body, code, description
  ['a missing property', 'baskets', {}, 'MISSING_PARAMETER', 'title is required.'],
  ['no body at all', 'baskets', undefined, 'MISSING_PARAMETER', 'title is required.'],
  [
    'a wrong type',
    'baskets',
    { title: 7 },
    'INVALID_PARAMETER',
    /^title must be (a string|shorter)/,
  ],
  ['null, which is a value', 'baskets', { title: null }, 'INVALID_PARAMETER', /^title must be/],
  [
    'text too long',
    'baskets',
    { title: 'x'.repeat(11) },
    'LIMIT_EXCEEDED',
    'title must be shorter than or equal to 10 characters.',
  ],
  [
    'an array too long',
    'baskets',
    { title: 'x', tags: ['a', 'b', 'c'] },
    'LIMIT_EXCEEDED',
    /^tags must contain no more than 2 elements/,
  ],
  [
    'a number too large',
    'baskets',
    { title: 'x', limit: 11 },
    'OUT_OF_RANGE',
    'limit must not be greater than 10.',
  ],
  [
    'a number too small',
    'baskets',
    { title: 'x', limit: 0 },
    'OUT_OF_RANGE',
    'limit must not be less than 1.',
  ],
  [
    'missing and too large',
    'baskets',
    { limit: 11 },
    'INVALID_PARAMETER',
    'title is required; limit must not be greater than 10.',
  ],
  [
    'too long and too large',
    'baskets',
    { title: 'x'.repeat(11), limit: 11 },
    'INVALID_PARAMETER',
    /^title .*; limit /,
  ],
  [
    'a nested array item',
    'baskets',
    {
      title: 'x',
      items: [
        { name: 'a', price: 1 },
        { name: 'b', price: -1 },
      ],
    },
    'OUT_OF_RANGE',
    'items[1].price must not be less than 0.',
  ],
  [
    'a nested missing property',
    'baskets',
    { title: 'x', items: [{ name: 'a' }] },
    'MISSING_PARAMETER',
    'items[0].price is required.',
  ],
  [
    'a nested value that is no object',
    'baskets',
    { title: 'x', items: ['nope'] },
    'INVALID_PARAMETER',
    /items/,
  ],
  [
    'each of an array',
    'baskets',
    { title: 'x', tags: [1] },
    'INVALID_PARAMETER',
    'each value in tags must be a string.',
  ],
  ['a custom rule', 'baskets', { title: 'x', even: 3 }, 'INVALID_PARAMETER', 'even must be even.'],
  [
    'a message that repeats the value',
    'baskets',
    { title: 'x', colour: 'SECRET' },
    'INVALID_PARAMETER',
    'colour … is none of ours.',
  ],
  [
    'a property that is not allowed',
    'baskets',
    { title: 'x', admin: true },
    'INVALID_PARAMETER',
    'property admin should not exist.',
  ],
  ['a resource with a wrong type', 'resources', { name: 7 }, 'INVALID_BASKET', /^name must be/],
  ['a resource with a missing property', 'resources', {}, 'MISSING_PARAMETER', 'name is required.'],
  [
    'a resource with text too long',
    'resources',
    { name: 'x'.repeat(6) },
    'LIMIT_EXCEEDED',
    /^name must be shorter/,
  ],
  [
    'maps and sets',
    'maps',
    { byKey: { 'a.b': { name: 'x', price: -1 } }, set: [{ name: 'x', price: -1 }] },
    'OUT_OF_RANGE',
    /\["a\.b"\]\.price.*set\[0\]\.price/,
  ],
  ['a pipe of the application', 'own-pipe', { title: 7 }, 'INVALID_PARAMETER', /^title must be/],
  [
    "a pipe with this library's factory",
    'own-factory',
    { title: 'x'.repeat(11) },
    'LIMIT_EXCEEDED',
    /^title/,
  ],
];

const queries: [string, string, string][] = [
  ['pages', 'MISSING_PARAMETER', 'page is required.'],
  ['pages?page=0', 'OUT_OF_RANGE', 'page must not be less than 1.'],
  ['pages?page=x', 'INVALID_PARAMETER', 'page must be an integer number.'],
  ['shelves/c', 'INVALID_PARAMETER', 'shelf must be one of the following values: a, b.'],
  ['int/x', 'INVALID_PARAMETER', 'id: numeric string is expected'],
  ['uuid/x', 'INVALID_PARAMETER', 'id: uuid is expected'],
  ['enum?colour=blue', 'INVALID_PARAMETER', 'colour: enum string is expected'],
  ['array?ids=1,x', 'INVALID_PARAMETER', '[1] item must be a number'],
  ['own', 'BAD_REQUEST', 'Not so.'],
];

describe.each(platforms)('what a caller sends, on %s', (platform) => {
  let running: RunningApp;
  let listing: RunningApp;

  beforeAll(async () => {
    const controllers = [ValidatedController];
    const validation = { whitelist: true, forbidNonWhitelisted: true, transform: true };
    running = await startApp(platform, {
      imports: [ErrorsModule.forRoot({ validation })],
      controllers,
    });
    listing = await startApp(platform, {
      imports: [
        ErrorsModule.forRoot({
          body: { failures: true },
          validation: { code: 'INVALID_PARAMETER' },
        }),
      ],
      controllers,
    });
  });
  afterAll(() => Promise.all([running.close(), listing.close()]));

  const post = (to: RunningApp, route: string, body: unknown) =>
    fetch(`${to.url}/${route}`, {
      method: 'POST',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });

  it.each(cases)('%s: %s', async (_what, route, body, code, description) => {
    const answer = await errorAnswer(await post(running, route, body));
    expect(answer).toMatchObject({ status: 400, code, challenge: null });
    expect(answer.description).toMatch(description);
  });

  it.each(queries)('GET /%s is %s', async (path, code, description) => {
    const answer = await errorAnswer(await fetch(`${running.url}/${path}`));
    expect(answer).toMatchObject({ status: 400, code, description });
  });

  it('lists failures with path, place and rule, and never the value', async () => {
    const body = { title: 'SECRET-SECRET', items: [{ name: 'a', price: 'SECRET' }] };
    const answer = await errorAnswer(await post(listing, 'baskets', body));
    expect(answer.code).toBe('INVALID_PARAMETER');
    expect(answer.body['failures']).toContainEqual({
      parameter: 'title',
      in: 'body',
      rule: 'maxLength',
      limits: { max: 10 },
      description: 'title must be shorter than or equal to 10 characters',
    });
    expect(answer.body['failures']).toContainEqual(
      expect.objectContaining({ parameter: 'items[0].price', in: 'body', rule: 'isInt' }),
    );
    expect(JSON.stringify(answer.body)).not.toContain('SECRET');
    const query = await errorAnswer(await fetch(`${listing.url}/pages?page=0`));
    expect(query.body['failures']).toEqual([expect.objectContaining({ in: 'query', rule: 'min' })]);
    const path = await errorAnswer(await fetch(`${listing.url}/shelves/c`));
    expect(path.body['failures']).toEqual([expect.objectContaining({ in: 'path', rule: 'isIn' })]);
  });

  it('answers a Parse pipe without `transform`', async () => {
    const answer = await errorAnswer(await fetch(`${listing.url}/bool?on=maybe`));
    expect(answer.code).toBe('INVALID_PARAMETER');
    expect(answer.description).toBe('on: boolean string is expected');
  });

  it('stays small whatever is sent', async () => {
    const items = Array.from({ length: 2000 }, () => ({ name: 7, price: 'x' }));
    const answer = await errorAnswer(await post(listing, 'baskets', { title: 'x', items }));
    expect(answer.description!.length).toBeLessThanOrEqual(500);
    expect(answer.description).toMatch(/; and \d+ more\.$/);
    expect((answer.body['failures'] as unknown[]).length).toBe(50);
  });

  it('bounds and cleans the names of properties', async () => {
    const body = { title: 'x', [`evil\r\n${'y'.repeat(10_000)}`]: 1 };
    const answer = await errorAnswer(await post(running, 'baskets', body));
    expect(answer.description!.length).toBeLessThanOrEqual(500);
    expect(answer.description).not.toMatch(/[\r\n]/);
  });

  it('hands on what is valid', async () => {
    const response = await post(running, 'baskets', { title: 'x', limit: 3 });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ title: 'x', limit: 3 });
  });
});
