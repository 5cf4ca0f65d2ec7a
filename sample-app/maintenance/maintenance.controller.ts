import { Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScopes } from 'nestjs-api-errors';
import { Database } from '../database/database.service.js';

@ApiTags('maintenance')
@RequireScopes('maintenance.write')
@Controller('maintenance')
export class MaintenanceController {
  constructor(private readonly database: Database) {}

  /** Closes this instance's database, for work on it. */
  @Put()
  @ApiOperation({ summary: 'Close the database' })
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The database is out of service.' })
  async begin(): Promise<void> {
    await this.database.suspend();
  }

  /** Opens it again. */
  @Delete()
  @ApiOperation({ summary: 'Open the database' })
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The database is back.' })
  async end(): Promise<void> {
    await this.database.resume();
  }
}
