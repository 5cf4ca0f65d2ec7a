import { Controller, Get, Injectable, Module } from '@nestjs/common';
import {
  HealthCheck,
  HealthCheckService,
  HealthIndicatorService,
  TerminusModule,
} from '@nestjs/terminus';
import { ErrorsModule } from 'nestjs-api-errors';

@Injectable()
export class ShelvesHealth {
  static isUp = true;

  constructor(private readonly indicator: HealthIndicatorService) {}

  check(key: string) {
    const shelves = this.indicator.check(key);
    return ShelvesHealth.isUp ? shelves.up() : shelves.down('The shelves are locked.');
  }
}

@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly shelves: ShelvesHealth,
  ) {}

  @Get()
  @HealthCheck()
  check() {
    return this.health.check([() => this.shelves.check('shelves')]);
  }
}

@Module({
  imports: [ErrorsModule, TerminusModule],
  controllers: [HealthController],
  providers: [ShelvesHealth],
})
export class AppModule {}
