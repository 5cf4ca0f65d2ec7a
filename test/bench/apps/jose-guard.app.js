import { UnauthorizedException } from '@nestjs/common';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { AUDIENCE } from '../issuer.js';

export { rootModule } from './nest.app.js';

/** The guard that applications write by hand. */
class JoseGuard {
  /** @param {string} issuer */
  constructor(issuer) {
    this.keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
    this.rules = { issuer, audience: AUDIENCE, typ: 'at+jwt' };
  }

  /** @param {import('@nestjs/common').ExecutionContext} context */
  async canActivate(context) {
    const request = context.switchToHttp().getRequest();
    const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
    if (scheme !== 'Bearer' || !token) {
      throw new UnauthorizedException();
    }
    try {
      const { payload } = await jwtVerify(token, this.keys, this.rules);
      request.auth = payload;
    } catch {
      throw new UnauthorizedException();
    }
    return true;
  }
}

/**
 * @param {import('@nestjs/common').INestApplication} app
 * @param {{ issuer: string }} options
 */
export function setUp(app, { issuer }) {
  app.useGlobalGuards(new JoseGuard(issuer));
}
