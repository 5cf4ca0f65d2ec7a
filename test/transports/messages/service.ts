import { Controller, Get, Inject, Module, Param } from '@nestjs/common';
import {
  Ctx,
  EventPattern,
  MessagePattern,
  Payload,
  RmqContext,
  RpcException,
} from '@nestjs/microservices';
import { IsString } from 'class-validator';
import { ErrorsModule, MissingParameterException } from 'nestjs-api-errors';
import { concat, of, throwError } from 'rxjs';
import { throwNamed } from './rows.js';
import { pattern } from './support.js';

class BookDto {
  @IsString() title: string;
}

/** What came of events: who looks at it waits until it is there. */
export const handledEvents: unknown[] = [];

@Controller()
export class LoansController {
  @MessagePattern(pattern('throw')) throw(@Payload() { name }: { name: string }) {
    throwNamed(name);
  }
  @MessagePattern(pattern('reject')) async reject(@Payload() { name }: { name: string }) {
    await Promise.resolve();
    throwNamed(name);
  }
  @MessagePattern(pattern('midway')) midway(@Payload() { name }: { name: string }) {
    return concat(
      of('first', 'second'),
      throwError(() => {
        try {
          return throwNamed(name);
        } catch (error) {
          return error;
        }
      }),
    );
  }
  @MessagePattern(pattern('payload')) payload(@Payload() book: BookDto) {
    return book;
  }
  @MessagePattern(pattern('rpc-text')) rpcText() {
    throw new RpcException('As it is.');
  }
  @MessagePattern(pattern('rpc-object')) rpcObject() {
    throw new RpcException({ status: 418, short: true });
  }
  @MessagePattern(pattern('good')) good() {
    return 'good';
  }
  @EventPattern(pattern('event')) event(@Payload() { name = '' }: { name?: string }) {
    handledEvents.push(name);
    throwNamed(name);
  }
  @EventPattern(pattern('rpc-event')) rpcEvent(@Payload() _data: object) {
    handledEvents.push('rpc');
    throw new RpcException('Lost, but for the log.');
  }
  @EventPattern(pattern('acknowledged')) acknowledged(
    @Payload() { name }: { name?: string },
    @Ctx() context: unknown,
  ) {
    const message = (context as RmqContext).getMessage() as { fields: { redelivered: boolean } };
    handledEvents.push(message.fields.redelivered);
    const channel = (context as RmqContext).getChannelRef() as {
      ack(message: object): void;
      nack(message: object): void;
    };
    if (message.fields.redelivered) {
      channel.ack(message);
      return;
    }
    channel.nack(message);
    throw new MissingParameterException(name);
  }
}

/** A service, with the failed parameters in what it sends. */
@Module({
  imports: [ErrorsModule.forRoot({ body: { failures: true }, undeclared: 'ignore' })],
  controllers: [LoansController],
})
export class ServiceModule {}

/** How the gateway calls the service. */
export const CALL = Symbol('call');
export type Call = (name: string) => unknown;

@Controller('call')
export class GatewayController {
  constructor(@Inject(CALL) private readonly call: Call) {}
  @Get(':name') ask(@Param('name') name: string) {
    return this.call(name);
  }
}
