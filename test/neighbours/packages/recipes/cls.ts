import { randomUUID } from 'node:crypto';
import { ConflictException, Controller, Get, Injectable, Module } from '@nestjs/common';
import { ClsModule, ClsService, ClsServiceManager } from 'nestjs-cls';
import { type ErrorMapper, ErrorsModule, MapErrors } from 'nestjs-api-errors';

export class LockedError extends Error {}

@Injectable()
@MapErrors(LockedError)
export class LockedErrors implements ErrorMapper<LockedError> {
  constructor(private readonly cls: ClsService) {}

  toException() {
    return new ConflictException(`Locked for ${this.cls.get<string>('member')}.`);
  }
}

@Controller('books')
export class BooksController {
  constructor(private readonly cls: ClsService) {}

  @Get()
  list() {
    return { id: this.cls.getId() };
  }

  @Get('locked')
  locked() {
    throw new LockedError();
  }
}

export const told: unknown[] = [];

@Module({
  imports: [
    ClsModule.forRoot({
      global: true,
      middleware: {
        mount: true,
        generateId: true,
        idGenerator: () => `cls-${randomUUID()}`,
        setup: (cls, request: { headers: Record<string, string> }) =>
          cls.set('member', request.headers['x-member']),
      },
    }),
    ErrorsModule.forRoot({
      requestId: () => ClsServiceManager.getClsService().getId(),
      mappers: [LockedErrors],
      onError: ({ code, request }) => {
        const member: unknown = ClsServiceManager.getClsService().get('member');
        told.push({ code, id: request.id, member });
      },
    }),
  ],
  controllers: [BooksController],
})
export class AppModule {}
