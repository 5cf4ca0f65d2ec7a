import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from 'nestjs-api-errors';

/** Shows what a caller learns of a bug: that there is one. The rest is in the log. */
@ApiTags('bug')
@Public()
@Controller('bug')
export class BugController {
  @Get()
  @ApiOperation({ summary: 'Meet a bug' })
  fail(): never {
    throw new TypeError("Cannot read properties of undefined (reading 'password')");
  }
}
