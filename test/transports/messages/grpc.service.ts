import { Controller, Module } from '@nestjs/common';
import {
  GrpcMethod,
  GrpcStreamCall,
  GrpcStreamMethod,
  Payload,
  RpcException,
} from '@nestjs/microservices';
import {
  ErrorsModule,
  ForbiddenException,
  Public,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { concat, mergeMap, type Observable, of, throwError } from 'rxjs';
import { throwNamed } from './rows.js';

interface Named {
  readonly name: string;
}

/** A call of @grpc/grpc-js, by what is used of it. */
interface Call {
  on(event: 'data', listen: (message: Named) => void): void;
}

const failing = (name: string) =>
  throwError(() => {
    try {
      return throwNamed(name);
    } catch (error) {
      return error;
    }
  });

@Controller()
export class BooksController {
  @GrpcMethod('Books', 'Throw') throw(@Payload() { name }: Named) {
    if (name === 'rpc') {
      throw new RpcException({ code: 9, message: 'As it is.' });
    }
    if (name === 'good') {
      return { text: 'good' };
    }
    return throwNamed(name);
  }
  @GrpcMethod('Books', 'Watch') watch(@Payload() { name }: Named) {
    return concat(of({ text: 'first' }, { text: 'second' }), failing(name));
  }
  @GrpcStreamMethod('Books', 'Upload') upload(names: Observable<Named>) {
    return names.pipe(mergeMap(({ name }) => failing(name)));
  }
  @GrpcStreamMethod('Books', 'Chat') chat(names: Observable<Named>) {
    return names.pipe(mergeMap(({ name }) => concat(of({ text: 'first' }), failing(name))));
  }
  @GrpcStreamCall('Books', 'UploadDirectly') uploadDirectly() {
    return throwNamed('404 BOOK_NOT_EXIST');
  }
  @GrpcStreamCall('Books', 'ChatDirectly') chatDirectly(_call: Call) {
    return throwNamed('404 BOOK_NOT_EXIST');
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ undeclared: 'ignore' })],
  controllers: [BooksController],
})
export class GrpcServiceModule {}

@Module({
  imports: [
    ErrorsModule.forRoot({
      undeclared: 'ignore',
      body: { requestId: true },
      grpc: { domain: 'library.example.com' },
    }),
  ],
  controllers: [BooksController],
})
export class NamedGrpcServiceModule {}

@Controller()
class GuardedController {
  @GrpcMethod('Books', 'Guarded') guarded(@Payload() _data: Named, ..._rest: unknown[]) {
    return { text: 'in' };
  }
  @GrpcMethod('Books', 'Throw') who(@Token() token: VerifiedToken) {
    return { text: String(token.claims['sub']) };
  }
  @Public() @GrpcMethod('Books', 'Open') open() {
    return { text: 'open' };
  }
}

/** Takes one token. */
const verifier = {
  verify: async (text: string): Promise<VerifiedToken> => {
    await Promise.resolve();
    if (text !== 'good') {
      throw new ForbiddenException('Not this one.');
    }
    return { claims: { sub: 'lise' }, scopes: [] } as unknown as VerifiedToken;
  },
};

@Module({
  imports: [ErrorsModule.forRoot({ undeclared: 'ignore', bearer: { verifier, global: true } })],
  controllers: [GuardedController],
})
export class GuardedGrpcModule {}
