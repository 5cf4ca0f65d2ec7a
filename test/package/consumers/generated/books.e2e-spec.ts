import { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import 'nestjs-api-errors/testing';
import request from 'supertest';
import { App } from 'supertest/types.js';
import { AppModule } from './../src/app.module.js';

describe('BooksController (e2e)', () => {
  let app: INestApplication<App>;

  beforeEach(async () => {
    const moduleFixture = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = moduleFixture.createNestApplication();
    await app.init();
  });

  afterEach(async () => {
    await app.close();
  });

  it('/books/1 (GET)', async () => {
    const response = await request(app.getHttpServer()).get('/books/1').expect(404);
    expect(response).toBeApiError('BOOK_NOT_EXIST', { status: 404 });
    expect(response.body).toEqual({
      code: 'BOOK_NOT_EXIST',
      description: 'No book has the ISBN 1.',
    });
  });

  it('/nowhere (GET)', async () => {
    expect(await request(app.getHttpServer()).get('/nowhere')).toBeApiError('NOT_FOUND');
  });
});
