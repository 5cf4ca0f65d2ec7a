import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { sql } from 'drizzle-orm';
import { Public } from 'nestjs-api-errors';
import { Database } from '../database/database.service.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOkResponse({ description: 'The API and its database work.' })
  async check(): Promise<{ status: 'ok' }> {
    await this.database.queries.execute(sql`select 1`);
    return { status: 'ok' };
  }
}
