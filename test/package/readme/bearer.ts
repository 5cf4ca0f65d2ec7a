import { Controller, Get, Module } from '@nestjs/common';
import { ErrorsModule, Public, RequireScopes, Token, type VerifiedToken } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

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

const verifier = new JwtTokenVerifier({
  issuer: 'https://login.example.com',
  audience: 'https://api.example.com',
});

@Module({
  imports: [ErrorsModule.forRoot({ bearer: { realm: 'bookshelf', verifier, global: true } })],
  controllers: [BooksController],
})
export class AppModule {}
