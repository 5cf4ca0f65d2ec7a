import { type DynamicModule, Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { AuthModule } from './auth/auth.module.js';
import { ISSUER, type Issuer } from './auth/issuer.js';
import { BooksModule } from './books/books.module.js';
import { BugController } from './bug/bug.controller.js';
import { CONFIG, type Config } from './config.js';
import { ConfigModule } from './config.module.js';
import { database } from './database/database.errors.js';
import { DatabaseModule } from './database/database.module.js';
import { HealthController } from './health/health.controller.js';
import { LoansModule } from './loans/loans.module.js';
import { MaintenanceController } from './maintenance/maintenance.controller.js';
import { MembersModule } from './members/members.module.js';
import { PROOF_STORE, type ProofStore, StoreModule } from './store/store.module.js';

const errors = ErrorsModule.forRootAsync({
  imports: [AuthModule, StoreModule],
  inject: [CONFIG, ISSUER, PROOF_STORE],
  useFactory: (config: Config, issuer: Issuer, { store }: ProofStore) => ({
    validation: { whitelist: true, transform: true },
    bearer: {
      realm: 'bookshelf',
      verifier: new JwtTokenVerifier({ issuer: issuer.url, audience: config.audience }),
      global: true,
      resource: config.url,
      authorizationServers: [issuer.url],
      dpop: { store },
    },
    mappers: [database],
    // A test that meets an error which its route does not declare fails
    ...(process.env['NODE_ENV'] === 'test' && { undeclared: 'error' as const }),
    catalogue: { path: '/errors' },
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
