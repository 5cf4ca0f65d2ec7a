import { Injectable, Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

/** An application that has its verifier from DI, for the issuer of a test. */
@Injectable()
class ShopVerifier extends JwtTokenVerifier {
  constructor() {
    super({ issuer: process.env['SHOP_ISSUER']!, audience: 'shop' });
  }
}

@Module({ imports: [ErrorsModule.forRoot({ bearer: { verifier: ShopVerifier, global: true } })] })
export class GuardedModule {}
