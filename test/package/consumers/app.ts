import 'reflect-metadata';
import { ok, strictEqual } from 'node:assert/strict';
import {
  Body,
  ConflictException as NestConflictException,
  Controller,
  Get,
  type INestApplication,
  Module,
  Param,
  Post,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { IsString } from 'class-validator';
import {
  ApiException,
  defineException,
  ErrorsModule,
  InvalidTokenException,
  Public,
  RequireScopes,
  Resource,
  ResourceNotExistException,
  Token,
  type TokenVerifier,
  type VerifiedToken,
  verifiedToken,
} from 'nestjs-api-errors';
import { isApiError, readError } from 'nestjs-api-errors/client';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

/*
 * An application as a user writes it, compiled as an ES module and as CommonJS. Says what it was
 * answered, and fails where that is not the contract.
 */

class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

@Resource('BOOK')
class BookDto {
  @IsString()
  title!: string;
}

@Controller('books')
class BooksController {
  @Public()
  @Get('nest')
  nest(): void {
    throw new NestConflictException('Taken.');
  }

  @Public()
  @Get('own')
  own(): void {
    throw new LoanOverdueException();
  }

  @Public()
  @Post()
  add(@Body() book: BookDto): BookDto {
    return book;
  }

  @RequireScopes('books.read')
  @Get('mine')
  mine(@Token() token: VerifiedToken): unknown {
    return token.claims;
  }

  @Public()
  @Get(':isbn')
  find(@Param('isbn') isbn: string): void {
    throw new ResourceNotExistException('BOOK', `No book has the ISBN ${isbn}.`);
  }
}

class Tokens implements TokenVerifier {
  verify(token: string): VerifiedToken {
    if (token === 'bad') {
      throw new InvalidTokenException();
    }
    return verifiedToken({ sub: 'ada', scope: token === 'reader' ? 'books.read' : '' });
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ bearer: { verifier: Tokens, global: true } })],
  controllers: [BooksController],
})
class AppModule {}

const expected = [
  ['GET', '/books/1', '', 404, 'BOOK_NOT_EXIST', ''],
  ['GET', '/books/nest', '', 409, 'CONFLICT', ''],
  ['GET', '/books/own', '', 403, 'LOAN_OVERDUE', ''],
  ['POST', '/books', '', 400, 'MISSING_PARAMETER', ''],
  ['GET', '/books/mine', '', 401, 'UNAUTHORIZED', 'Bearer realm="api"'],
  ['GET', '/books/mine', 'bad', 401, 'UNAUTHORIZED', 'error="invalid_token"'],
  ['GET', '/books/mine', 'two parts', 400, 'BAD_REQUEST', 'error="invalid_request"'],
  ['GET', '/books/mine', 'poor', 403, 'FORBIDDEN', 'scope="books.read"'],
  ['GET', '/nowhere', '', 404, 'NOT_FOUND', ''],
] as const;

async function check(url: string): Promise<void> {
  for (const [method, path, token, status, code, challenge] of expected) {
    const headers = token ? { authorization: `Bearer ${token}` } : undefined;
    // oxlint-disable-next-line no-await-in-loop -- one request after the other
    const response = await fetch(url + path, { method, headers });
    const header = response.headers.get('www-authenticate') ?? '';
    // oxlint-disable-next-line no-await-in-loop
    const error = await readError(response);
    ok(isApiError(error, code), `${method} ${path} was answered with ${JSON.stringify(error)}`);
    strictEqual(error.status, status);
    ok(challenge ? header.includes(challenge) : header === '', `${path}: ${header}`);
  }
  const welcome = await fetch(`${url}/books/mine`, { headers: { authorization: 'Bearer reader' } });
  strictEqual(welcome.status, 200);
}

async function start(platform: string | undefined): Promise<INestApplication> {
  if (platform !== 'fastify') {
    return NestFactory.create(AppModule, { logger: false });
  }
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  return NestFactory.create(AppModule, new FastifyAdapter(), { logger: false });
}

async function main(): Promise<void> {
  const app = await start(process.argv[2]);
  await app.listen(0, '127.0.0.1');
  try {
    await check((await app.getUrl()).replace('[::1]', '127.0.0.1'));
  } finally {
    await app.close();
  }
  const verifier = new JwtTokenVerifier({ issuer: 'https://a.example', audience: 'b' });
  try {
    await verifier.verify('a.b');
    ok(false, 'a malformed token was taken');
  } catch (error) {
    ok(error instanceof InvalidTokenException && error instanceof ApiException);
  }
}

void main();
