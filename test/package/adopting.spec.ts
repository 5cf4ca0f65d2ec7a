import 'reflect-metadata';
import { PGlite } from '@electric-sql/pglite';
import {
  Body,
  Controller,
  Get,
  type ModuleMetadata,
  Param,
  Post,
  type Type,
  UnprocessableEntityException,
} from '@nestjs/common';
import { IsString } from 'class-validator';
import { ResourceNotExistException } from 'nestjs-api-errors';
import { platforms, startApp } from '../support/platforms.js';
import { adopt } from '../unit/tools/cli/adopt/application.folder.js';
import { errors as withDatabase } from './docs/adopting/database.js';
import { GoodsController } from './docs/adopting/declared.js';
import * as extended from './docs/adopting/extended.filter.js';
import { errors as withMembers } from './docs/adopting/kept.members.js';
import { errors as withNames } from './docs/adopting/names.js';
import { counted, errors as withObserver } from './docs/adopting/observed.js';
import { errors as withBodies } from './docs/adopting/own.bodies.js';
import { errors as withValidation } from './docs/adopting/validated.js';
import { blocksOf, flush } from './readme-blocks.js';
import { sourcesOf, textOf } from './sources.js';

const text = textOf('docs/adopting.md');
const shop = 'test/unit/tools/cli/adopt/shop';

class GoodDto {
  @IsString() name: string;
}

const database = new PGlite();

@Controller()
class ThrowingController {
  @Get('email')
  email(): void {
    throw new UnprocessableEntityException({ errors: { email: 'emailExists' } });
  }

  @Get('password')
  password(): void {
    throw new UnprocessableEntityException({ errors: { password: 'incorrect' } });
  }

  @Get('book')
  book(): void {
    throw new ResourceNotExistException('BOOK');
  }

  @Get('maintenance')
  maintenance(): void {
    throw new extended.MaintenanceError();
  }

  @Get('rows/:id')
  async row(@Param('id') id: string): Promise<unknown> {
    // As a library around the driver has it
    return database.query('select $1::int', [id]).catch((cause: unknown) => {
      throw new Error('The query failed.', { cause });
    });
  }

  @Get('twice')
  async twice(): Promise<void> {
    await database.exec('create table if not exists goods (id int primary key)');
    await database.exec('insert into goods values (1), (1)');
  }

  @Post('goods')
  add(@Body() good: GoodDto): unknown {
    return { members: Object.keys(good), isDto: good instanceof GoodDto };
  }
}

const controllers = [ThrowingController];

afterAll(() => database.close());

describe.each(platforms)('on %s, what docs/adopting.md makes', (platform) => {
  async function answersOf(
    module: ModuleMetadata | Type,
    paths: readonly string[],
    options: RequestInit = {},
  ): Promise<unknown[]> {
    const { url, close } = await startApp(platform, module);
    const answers = await Promise.all(
      paths.map(async (path) => {
        const response = await fetch(url + path, { redirect: 'manual', ...options });
        const body: unknown = response.status < 400 ? undefined : await response.json();
        return { status: response.status, body };
      }),
    );
    await close();
    return answers;
  }

  const answer = (status: number, code: string, members: object = {}) => ({
    status,
    body: { code, description: expect.any(String), ...members },
  });

  it('tells of errors', async () => {
    counted.clear();
    await answersOf({ imports: [withObserver], controllers }, ['/book', '/nowhere']);
    expect(Object.fromEntries(counted)).toEqual({ BOOK_NOT_EXIST: 1, NOT_FOUND: 1 });
  });

  it('answers what a filter of its own leaves', async () => {
    const module = { imports: [extended.AppModule], controllers };
    expect(await answersOf(module, ['/maintenance', '/book'])).toEqual([
      { status: 302, body: undefined },
      answer(404, 'BOOK_NOT_EXIST'),
    ]);
  });

  it('validates as the application’s pipe did', async () => {
    const { url, close } = await startApp(platform, { imports: [withValidation], controllers });
    const send = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${url}/goods`, sent)).json();
    };
    expect(await send({ name: 'Tea', more: 1 })).toEqual({ members: ['name'], isDto: true });
    expect(await send({})).toMatchObject({ code: 'MISSING_PARAMETER' });
    await close();
  });

  it('keeps members of bodies', async () => {
    const module = { imports: [withMembers], controllers };
    expect(await answersOf(module, ['/password', '/book'])).toEqual([
      answer(422, 'UNPROCESSABLE_ENTITY', { errors: { password: 'incorrect' } }),
      answer(404, 'BOOK_NOT_EXIST'),
    ]);
  });

  it('makes codes of bodies', async () => {
    const module = { imports: [withBodies], controllers };
    expect(await answersOf(module, ['/email', '/password', '/nowhere'])).toEqual([
      answer(409, 'EMAIL_ALREADY_EXIST'),
      answer(400, 'INVALID_PARAMETER', { errors: { password: 'incorrect' } }),
      answer(404, 'NOT_FOUND'),
    ]);
  });

  it('says what a database means', async () => {
    const module = { imports: [withDatabase], controllers };
    const paths = ['/rows/one', '/rows/99999999999', '/twice', '/maintenance'];
    expect(await answersOf(module, paths)).toEqual([
      answer(400, 'INVALID_PARAMETER'),
      answer(400, 'OUT_OF_RANGE'),
      answer(409, 'GOOD_ALREADY_EXIST'),
      answer(500, 'INTERNAL_SERVER_ERROR'),
    ]);
  });

  it('uses the application’s names', async () => {
    const module = { imports: [withNames], controllers: [...controllers, GoodsController] };
    const headers = { 'x-amzn-trace-id': 'Root=1-67891233' };
    expect(await answersOf(module, ['/book', '/goods/1'], { headers })).toEqual([
      answer(404, 'BOOK_NOT_FOUND', { traceId: 'Root=1-67891233' }),
      answer(404, 'GOOD_NOT_FOUND', { traceId: 'Root=1-67891233' }),
    ]);
  });
});

describe('docs/adopting.md', () => {
  const sources = Object.values(sourcesOf('test/package/docs/adopting')).map(flush);
  const blocks = blocksOf(text, 'ts').map((block) => [block.trim().split('\n').at(-1)!, block]);

  it.each(blocks)('shows what is run here: … %s', (_last, block) => {
    expect(sources).toContain(flush(block));
  });

  it('shows what adopt says', async () => {
    const { out } = await adopt(shop);
    expect(blocksOf(text, 'console')).toEqual([out]);
  });
});
