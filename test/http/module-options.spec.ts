import { Controller, Get, HttpException, Inject, Injectable, UseGuards } from '@nestjs/common';
import {
  BearerGuard,
  Catalogue,
  defineException,
  ErrorsModule,
  type ErrorsModuleOptions,
  Public,
  RequireScopes,
  Resource,
  ResourceNotExistException,
  type TokenVerifier,
  verifiedToken,
} from 'nestjs-api-errors';
import { errorAnswer } from '../support/answers.js';
import { startApp } from '../support/platforms.js';

class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

const BookNotExist = ResourceNotExistException.for('BOOK');

@Injectable()
class Verifier implements TokenVerifier {
  verify() {
    return verifiedToken({});
  }
}

@Controller()
class RootController {
  constructor(@Inject(Catalogue) readonly catalogue: Catalogue) {}
  @Get('too-large') tooLarge(): never {
    throw new HttpException('Too large for me.', 413);
  }
  @Get('overdue') overdue(): never {
    throw new LoanOverdueException();
  }
  @Public()
  @Get('catalogue')
  list() {
    return this.catalogue.entries();
  }
}

const start = (options: ErrorsModuleOptions) =>
  startApp('express', {
    imports: [ErrorsModule.forRoot(options)],
    controllers: [RootController],
  });

describe('the options of ErrorsModule', () => {
  it.each<[string, object, RegExp]>([
    ['an unknown option', { validaton: {} }, /validaton is no option; there are validation, /],
    [
      'a guard without a verifier',
      { bearer: { global: true } },
      /bearer\.verifier is missing.*JwtTokenVerifier/,
    ],
    [
      'a verifier that verifies nothing',
      { bearer: { verifier: {} } },
      /bearer\.verifier takes a TokenVerifier/,
    ],
    [
      'a realm that splits headers',
      { bearer: { realm: 'a\r\nb' } },
      /bearer\.realm takes printable ASCII/,
    ],
    ['mappers that are no array', { mappers: {} }, /mappers takes an array/],
    [
      'a mapper without @MapErrors()',
      {
        mappers: [
          class Plain {
            toException() {}
          },
        ],
      },
      /mappers: Plain lacks @MapErrors\(\)/,
    ],
    ['validation: true', { validation: true }, /validation takes options or false/],
    ['strict that is no boolean', { strict: 'yes' }, /strict takes true or false/],
    ['body that is no object', { body: true }, /body takes an object/],
    ['an option of bearer that is none', { bearer: { relm: 'x' } }, /bearer\.relm is no option/],
    ['a global of text', { bearer: { global: 'true' } }, /bearer\.global takes true or false/],
    ['a form token of text', { bearer: { formToken: 'no' } }, /bearer\.formToken takes true or/],
    [
      'a method option of text',
      { methodNotAllowed: 'yes' },
      /methodNotAllowed takes true or false/,
    ],
    ['a member of body that is none', { body: { failure: true } }, /body\.failure is no option/],
    ['a catalogue without a path', { catalogue: {} }, /catalogue\.path takes a path/],
    [
      'an option of catalogue that is none',
      { catalogue: { title: 'x' } },
      /catalogue\.title is no/,
    ],
    [
      'a code that is none',
      { validation: { code: 'NOPE' } },
      /validation\.code takes INVALID_PARA/,
    ],
    [
      'a validation option that is none',
      { validation: { whitlist: true } },
      /validation\.whitlist is/,
    ],
    [
      'a validation option of text',
      { validation: { whitelist: 'yes' } },
      /validation\.whitelist takes/,
    ],
    ['a log level that is none', { log: { 404: 'loud' } }, /log\.404 takes a level/],
    ['log: true', { log: true }, /log takes levels by status or code, or false/],
    ['an onError that is no function', { onError: {} }, /onError takes a function/],
    [
      'an undeclared policy that is none',
      { undeclared: 'warn' },
      /undeclared takes log, error, ignore/,
    ],
    ['null', { bearer: null }, /bearer takes an object with realm, .*got null/],
    [
      'a function as a verifier',
      { bearer: { verifier: () => true } },
      /bearer\.verifier takes a TokenVerifier: a class.*got a function/,
    ],
    ['a function as a mapper', { mappers: [() => undefined] }, /mappers takes an array of mappers/],
  ])('%s fails at bootstrap and names the fix', async (_what, options, message) => {
    await expect(start(options as ErrorsModuleOptions)).rejects.toThrow(message);
  });

  it('may be left out, also where a call says so', async () => {
    const { url, close } = await startApp('express', {
      imports: [ErrorsModule.forRoot()],
      controllers: [RootController],
    });
    expect(await errorAnswer(await fetch(`${url}/overdue`))).toMatchObject({ status: 403 });
    await close();
  });

  it('fail at bootstrap from forRootAsync too', async () => {
    const module = ErrorsModule.forRootAsync({ useFactory: () => ({ bearer: { global: true } }) });
    await expect(startApp('express', { imports: [module] })).rejects.toThrow(/bearer\.verifier/);
  });

  it('refuse scopes and resources that are none', () => {
    expect(() => RequireScopes('books read')).toThrow(/'books read' is not a scope/);
    expect(() => RequireScopes()).toThrow(/names no scope/);
    expect(() => Resource('book' as never)).toThrow(/UPPER_SNAKE_CASE.*'book'/);
    expect(() => new ResourceNotExistException('book' as never)).toThrow(/UPPER_SNAKE_CASE/);
    expect(() => ResourceNotExistException.for('LOAN ITEM' as never)).toThrow(/UPPER_SNAKE_CASE/);
    expect(() => defineException({ code: 'x' as never, status: 400, description: 'x' })).toThrow(
      /UPPER_SNAKE_CASE/,
    );
    expect(() => defineException({ code: 'X', status: 200 as never, description: 'x' })).toThrow(
      /400 to 599/,
    );
    expect(() => defineException({ code: 'X', status: 400, description: ' ' })).toThrow(/empty/);
  });

  it('refuse to start with routes that demand scopes behind no guard', async () => {
    @Controller()
    class OpenController {
      @RequireScopes('books.read') @Get() list() {}
    }
    const app = startApp('express', { imports: [ErrorsModule], controllers: [OpenController] });
    await expect(app).rejects.toThrow(
      /OpenController\.list\(\) demands a token that no guard asks for/,
    );
  });

  it('refuse to start with two of it', async () => {
    const imports = [ErrorsModule, ErrorsModule.forRoot({ strict: true })];
    await expect(startApp('express', { imports })).rejects.toThrow(
      /ErrorsModule is imported twice/,
    );
  });

  it('start where a guard of the class asks', async () => {
    @RequireScopes('books.read')
    @UseGuards(BearerGuard)
    @Controller()
    class GuardedController {
      @Get() list() {}
    }
    const { url, close } = await startApp('express', {
      imports: [ErrorsModule.forRoot({ bearer: { verifier: Verifier } })],
      controllers: [GuardedController],
    });
    expect(await errorAnswer(await fetch(url))).toMatchObject({ status: 401 });
    await close();
  });

  it('have defaults: status kept, validation on, a realm in every challenge', async () => {
    const { url, close } = await start({});
    const answer = await errorAnswer(await fetch(`${url}/too-large`));
    expect(answer).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
    await close();
  });

  it('strict folds statuses into the contract', async () => {
    const { url, close } = await start({ strict: true });
    const answer = await errorAnswer(await fetch(`${url}/too-large`));
    expect(answer).toMatchObject({
      status: 400,
      code: 'LIMIT_EXCEEDED',
      description: 'Too large for me.',
    });
    const rows = (await (await fetch(`${url}/catalogue`)).json()) as { status: number }[];
    expect(rows.some(({ status }) => status === 413)).toBe(false);
    await close();
  });

  it('the catalogue lists contract, standard and own rows', async () => {
    const { url, close } = await start({ bearer: { global: true, verifier: new Verifier() } });
    const rows = (await (await fetch(`${url}/catalogue`)).json()) as object[];
    expect(rows).toContainEqual({
      status: 403,
      code: 'LOAN_OVERDUE',
      description: 'The member has an overdue loan.',
    });
    expect(rows).toContainEqual(expect.objectContaining({ status: 404, code: BookNotExist.code }));
    expect(rows).toContainEqual(
      expect.objectContaining({ status: 413, code: 'PAYLOAD_TOO_LARGE' }),
    );
    expect(rows).toContainEqual(
      expect.objectContaining({ status: 404, code: '{RESOURCE}_NOT_EXIST' }),
    );
    await close();
  });
});

describe('what is wrong is told at the start, with the fix', () => {
  @UseGuards(BearerGuard)
  @Controller()
  class GuardedController {
    @Get() get() {}
  }
  const controllers = [GuardedController];

  it.each([
    ['null', null],
    ['a text', 'strict'],
  ])('options that are %s', (_what, options) => {
    expect(() => ErrorsModule.forRoot(options as never)).toThrow(
      /^ErrorsModule\.forRoot\(\) takes an object with options; got (null|string)\.$/,
    );
    expect(() => ErrorsModule.forRootAsync(options as never)).toThrow(/useFactory/);
  });

  it('asynchronous options that nothing makes', () => {
    expect(() => ErrorsModule.forRootAsync({})).toThrow(
      'ErrorsModule.forRootAsync() takes useFactory, useClass or useExisting.',
    );
  });

  it('a guard without the module', async () => {
    await expect(startApp('express', { controllers })).rejects.toThrow(
      'BearerGuard needs ErrorsModule: import it, with bearer.verifier, in the root module.',
    );
  });

  it('a guard without a verifier', async () => {
    await expect(startApp('express', { imports: [ErrorsModule], controllers })).rejects.toThrow(
      'BearerGuard guards GuardedController.get() and has no verifier; set bearer.verifier in ' +
        'ErrorsModule.forRoot().',
    );
  });
});
