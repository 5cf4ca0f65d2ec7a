import { Controller, Get } from '@nestjs/common';
import { defineException, ErrorsModule, Throws } from 'nestjs-api-errors';
import { checkCatalogue } from 'nestjs-api-errors/testing';
import { startApp } from '../../../support/platforms.js';

class TidyException extends defineException({
  code: 'TIDY',
  status: 409,
  description: 'It is tidy.',
}) {}

@Controller()
class TidyController {
  @Get() @Throws(TidyException) list() {}
}

describe('checkCatalogue', () => {
  it('passes where nothing is wrong', async () => {
    const { app, close } = await startApp('express', {
      imports: [ErrorsModule],
      controllers: [TidyController],
    });
    expect(() => checkCatalogue(app)).not.toThrow();
    await close();
  });

  it('lists what lint would report', async () => {
    const { app, close } = await startApp('express', { imports: [ErrorsModule] });
    expect(() => checkCatalogue(app)).toThrow(
      /^The error catalogue has 1 fault:\n409 TIDY: is declared by no route$/,
    );
    await close();
  });
});
