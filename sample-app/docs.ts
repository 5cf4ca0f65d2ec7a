import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { clients } from './auth/clients.js';
import { ISSUER, type Issuer } from './auth/issuer.js';
import { SCOPES } from './auth/scopes.js';

const SCHEME = 'bearer';

/** Serves Swagger UI at `/docs`, and what it shows at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const issuer = app.get<Issuer>(ISSUER);
  const { client_id: clientId, client_secret: clientSecret } = clients.explorer;
  SwaggerModule.setup('docs', app, buildDocument(app), {
    swaggerOptions: issuer.ours ? { initOAuth: { clientId, clientSecret } } : {},
  });
}

/** What the API is, with the errors of each operation. */
export function buildDocument(app: INestApplication): OpenAPIObject {
  const { tokenEndpoint: tokenUrl } = app.get<Issuer>(ISSUER);
  const config = new DocumentBuilder()
    .setTitle('Bookshelf')
    .setDescription('Members borrow books.')
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addOAuth2(
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: SCOPES } } },
      SCHEME,
    )
    .addSecurityRequirements(SCHEME)
    .build();
  return documentErrors(SwaggerModule.createDocument(app, config), app);
}
