import { Controller, Module } from '@nestjs/common';
import { GrpcMethod, MessagePattern, type MicroserviceOptions } from '@nestjs/microservices';
import { ErrorsModule } from 'nestjs-api-errors';
import { NEVER } from 'rxjs';
import { startService } from './support.js';

/* A process of its own, that never answers: whoever started it kills it in the middle of a call. */

@Controller()
class SilentController {
  @MessagePattern('silent') silent() {
    process.stdout.write('called\n');
    return NEVER;
  }
  @GrpcMethod('Books', 'Throw') throw() {
    process.stdout.write('called\n');
    return NEVER;
  }
}

@Module({ imports: [ErrorsModule], controllers: [SilentController] })
class SilentModule {}

void startService(SilentModule, JSON.parse(process.argv[2]) as MicroserviceOptions).then(() =>
  process.stdout.write('ready\n'),
);
