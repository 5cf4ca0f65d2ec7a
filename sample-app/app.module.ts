import { type DynamicModule, Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { AuthModule } from './auth/auth.module.js';
import { ISSUER, type Issuer } from './auth/issuer.js';
import { BooksModule } from './books/books.module.js';
import { BugController } from './bug/bug.controller.js';
import { CONFIG, type Config } from './config.js';
import { ConfigModule } from './config.module.js';
import { DatabaseErrors } from './database/database.errors.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthController } from './health/health.controller.js';
import { LoansModule } from './loans/loans.module.js';
import { MaintenanceController } from './maintenance/maintenance.controller.js';
import { MembersModule } from './members/members.module.js';

const errors = ErrorsModule.forRootAsync({
  imports: [AuthModule],
  inject: [CONFIG, ISSUER],
  useFactory: ({ audience }: Config, { url }: Issuer) => ({
    validation: { whitelist: true, transform: true },
    bearer: {
      realm: 'bookshelf',
      verifier: new JwtTokenVerifier({ issuer: url, audience }),
      global: true,
    },
    mappers: [DatabaseErrors],
  }),
});

@Module({})
export class AppModule {
  static forRoot(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        AuthModule,
        DatabaseModule,
        errors,
        BooksModule,
        MembersModule,
        LoansModule,
      ],
      controllers: [HealthController, MaintenanceController, BugController],
    };
  }
}
