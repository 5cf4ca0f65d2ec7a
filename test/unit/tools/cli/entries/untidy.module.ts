import { Controller, Get, Module } from '@nestjs/common';
import { ApiException, defineException, ErrorsModule, Throws } from 'nestjs-api-errors';

defineException({ code: 'NOBODY_ANSWERS_IT', status: 409, description: 'Nobody answers it.' });
defineException({ code: 'TWICE', status: 409, description: 'It happened.' });
defineException({ code: 'TWICE', status: 410, description: 'It happened.' });
defineException({ code: 'REWORDED', status: 409, description: 'One thing.' });
defineException({ code: 'REWORDED', status: 409, description: 'Another thing.' });

class OwnException extends ApiException {
  static readonly status = 409;
  static readonly code = 'OWN_CODE';
  static readonly description = '';
}

@Controller('untidy')
class UntidyController {
  @Get()
  @Throws(OwnException)
  list() {}
}

@Module({ imports: [ErrorsModule], controllers: [UntidyController] })
export class AppModule {}
