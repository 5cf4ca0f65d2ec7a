import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { SkipThrottle, ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { ErrorsModule } from 'nestjs-api-errors';

@Controller()
@SkipThrottle({ long: true })
export class BooksController {
  @Get('books')
  list() {
    return ['Dune'];
  }

  @Get('loans')
  @SkipThrottle({ short: true, long: false })
  loans() {
    return [];
  }

  @Get('about')
  @SkipThrottle({ short: true })
  about() {
    return 'A library.';
  }
}

@Module({
  imports: [
    ErrorsModule,
    ThrottlerModule.forRoot([
      { name: 'short', ttl: 10_000, limit: 2 },
      { name: 'long', ttl: 60_000, limit: 1 },
    ]),
  ],
  controllers: [BooksController],
  providers: [{ provide: APP_GUARD, useClass: ThrottlerGuard }],
})
export class AppModule {}
