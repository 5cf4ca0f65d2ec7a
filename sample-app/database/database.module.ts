import { Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config.js';
import { CONNECTION, type Connection } from './connection.js';
import { Database } from './database.service.js';
import { openEmbedded } from './embedded.connection.js';
import { openServer } from './server.connection.js';

@Global()
@Module({
  providers: [
    {
      provide: CONNECTION,
      inject: [CONFIG],
      useFactory: (config: Config): Promise<Connection> | undefined => {
        if (config.offline) {
          return undefined;
        }
        const { databaseUrl, databaseSchema } = config;
        return databaseUrl ? openServer(databaseUrl, databaseSchema) : openEmbedded();
      },
    },
    Database,
  ],
  exports: [Database],
})
export class DatabaseModule {}
