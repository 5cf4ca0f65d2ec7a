import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { startAuthorizationServer } from './authorization-server.js';
import { absentIssuer, discoverIssuer, ISSUER, type Issuer } from './issuer.js';

@Module({
  providers: [
    {
      provide: ISSUER,
      inject: [CONFIG],
      useFactory: (config: Config): Issuer | Promise<Issuer> => {
        if (config.offline) {
          return absentIssuer(config);
        }
        return config.issuer ? discoverIssuer(config.issuer) : startAuthorizationServer(config);
      },
    },
  ],
  exports: [ISSUER],
})
export class AuthModule {}
