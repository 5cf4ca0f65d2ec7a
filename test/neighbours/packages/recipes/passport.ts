import { Controller, Get, Injectable, Module, UseGuards } from '@nestjs/common';
import { AuthGuard, PassportModule, PassportStrategy } from '@nestjs/passport';
import { ErrorsModule } from 'nestjs-api-errors';
import { ExtractJwt, Strategy } from 'passport-jwt';

export const secret = 'a secret of the application, long enough';

@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy) {
  constructor() {
    super({
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKey: secret,
      audience: 'books',
    });
  }

  validate({ sub }: { sub: string }) {
    return sub === 'nobody' ? null : { name: sub };
  }
}

@Controller('books')
@UseGuards(AuthGuard('jwt'))
export class BooksController {
  @Get()
  list() {
    return ['Dune'];
  }
}

@Module({
  imports: [ErrorsModule.forRoot({ bearer: { realm: 'books' } }), PassportModule],
  controllers: [BooksController],
  providers: [JwtStrategy],
})
export class AppModule {}
