import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { sql } from 'drizzle-orm';
import { Public, ServiceUnavailableException, Throws } from 'nestjs-api-errors';
import { Database } from '../database/database.service.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'Ask whether the API works' })
  @ApiOkResponse({ description: 'The API and its database work.' })
  @Throws(ServiceUnavailableException)
  async check(): Promise<{ status: 'ok' }> {
    await this.database.queries.execute(sql`select 1`);
    return { status: 'ok' };
  }
}
