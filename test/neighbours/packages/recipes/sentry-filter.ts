import './instrument.js';
import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { SentryGlobalFilter, SentryModule } from '@sentry/nestjs/setup';
import { ErrorsModule } from 'nestjs-api-errors';

@Module({
  imports: [SentryModule.forRoot(), ErrorsModule],
  providers: [{ provide: APP_FILTER, useClass: SentryGlobalFilter }],
})
export class AppModule {}
