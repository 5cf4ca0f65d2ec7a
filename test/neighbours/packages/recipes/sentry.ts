import './instrument.js';
import { Module } from '@nestjs/common';
import * as Sentry from '@sentry/nestjs';
import { SentryModule } from '@sentry/nestjs/setup';
import { ErrorsModule } from 'nestjs-api-errors';

@Module({
  imports: [
    SentryModule.forRoot(),
    ErrorsModule.forRoot({
      onError: ({ status, thrown }) => {
        if (status >= 500) {
          Sentry.captureException(thrown);
        }
      },
    }),
  ],
})
export class AppModule {}
