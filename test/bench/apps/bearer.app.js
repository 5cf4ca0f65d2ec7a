import { ErrorsModule, NotFoundException } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { AUDIENCE } from '../issuer.js';
import { moduleOf } from './nest.module.js';
import { routes } from './routes.js';

/**
 * The guard of this library on every route.
 *
 * @param {{ issuer: string }} options
 */
export function rootModule({ issuer }) {
  const verifier = new JwtTokenVerifier({ issuer, audience: AUDIENCE });
  return moduleOf(routes(NotFoundException), {
    imports: [ErrorsModule.forRoot({ bearer: { global: true, verifier } })],
  });
}
