import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { startAuthorizationServer } from './authorization-server.js';
import { discoverIssuer, ISSUER, type Issuer } from './issuer.js';

@Module({
  providers: [
    {
      provide: ISSUER,
      inject: [CONFIG],
      useFactory: (config: Config): Promise<Issuer> =>
        config.issuer ? discoverIssuer(config.issuer) : startAuthorizationServer(config),
    },
  ],
  exports: [ISSUER],
})
export class AuthModule {}
