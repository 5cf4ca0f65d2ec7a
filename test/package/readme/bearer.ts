import { Controller, Get, Module } from '@nestjs/common';
import {
  ErrorsModule,
  InvalidTokenException,
  Public,
  RequireScopes,
  Token,
  type TokenVerifier,
  type VerifiedToken,
  verifiedToken,
} from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

export const errors = () =>
  ErrorsModule.forRoot({
    bearer: {
      realm: 'bookshelf',
      verifier: new JwtTokenVerifier({
        issuer: 'https://login.example.com',
        audience: 'https://api.example.com',
      }),
      global: true,
    },
  });

@Controller('books')
@RequireScopes('books.read')
export class BooksController {
  @Get()
  list(@Token() token: VerifiedToken) {
    return { reader: token.subject };
  }

  @Public()
  @Get('health')
  health() {
    return { status: 'up' };
  }
}

const sessions = new Map([
  ['reader', { sub: 'ada', scope: 'books.read' }],
  ['visitor', { sub: 'bob', scope: 'greeting' }],
]);

export class Sessions implements TokenVerifier {
  verify(token: string): VerifiedToken {
    const claims = sessions.get(token);
    if (!claims) {
      throw new InvalidTokenException();
    }
    return verifiedToken(claims);
  }
}

@Module({
  imports: [
    ErrorsModule.forRoot({ bearer: { realm: 'bookshelf', verifier: Sessions, global: true } }),
  ],
  controllers: [BooksController],
})
export class GuardedModule {}
