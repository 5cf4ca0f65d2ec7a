import { auth } from 'express-oauth2-jwt-bearer';
import { AUDIENCE } from '../issuer.js';

export { rootModule } from './nest.app.js';

/**
 * express-oauth2-jwt-bearer in front of the same Nest application, with the error handler that its
 * README gives to Express: Nest's own filter answers its errors with 500.
 *
 * @param {import('@nestjs/common').INestApplication} app
 * @param {{ issuer: string }} options
 */
export function setUp(app, { issuer }) {
  const authenticate = auth({ issuerBaseURL: issuer, audience: AUDIENCE });
  app.use((request, response, next) => {
    authenticate(request, response, (error) =>
      error === undefined
        ? next()
        : response.status(error.status).set(error.headers).json({ message: error.message }),
    );
  });
}
