import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Controller, Get, Headers } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { jsonWebTokenErrors } from 'nestjs-api-errors/mappers';
import jsonwebtoken from 'jsonwebtoken';
import { made, onEachAdapter, start } from './support.js';

const secret = 'a secret of this test, long enough';
const sign = (options: object = {}, key = secret) =>
  jsonwebtoken.sign({ sub: 'ada' }, key, { expiresIn: 60, ...options });

@Controller('books')
class BooksController {
  @Get()
  list(@Headers('authorization') authorization = '') {
    return jsonwebtoken.verify(authorization.replace(/^Bearer /, ''), secret);
  }
}

onEachAdapter('jsonwebtoken, used by hand', (platform) => {
  for (const [name, token, description] of [
    ['an expired token', sign({ expiresIn: -10 }), 'The access token has expired.'],
    ['a token of another key', sign({}, 'another'), 'The access token is not valid.'],
    ['a token of tomorrow', sign({ notBefore: 600 }), 'The access token is not valid.'],
    ['garbage', 'garbage', 'The access token is not valid.'],
  ]) {
    it(`${name} is 401 with its challenge`, async () => {
      const imports = [ErrorsModule.forRoot({ mappers: [jsonWebTokenErrors()] })];
      const { ask } = await start(made({ imports, controllers: [BooksController] }), platform);
      const { status, body, headers } = await ask('/books', {
        headers: { authorization: `Bearer ${token}` },
      });
      assert.deepEqual([status, body], [401, { code: 'UNAUTHORIZED', description }]);
      assert.equal(
        headers.get('www-authenticate'),
        `Bearer realm="api", error="invalid_token", error_description="${description}"`,
      );
    });
  }

  it('is 500 without the mapper', async () => {
    const module = made({ imports: [ErrorsModule], controllers: [BooksController] });
    assert.equal((await (await start(module, platform)).ask('/books')).status, 500);
  });
});
