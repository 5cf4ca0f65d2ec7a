import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { clients } from './auth/clients.js';
import { ISSUER, type Issuer } from './auth/issuer.js';
import { SCOPES } from './auth/scopes.js';

const SCHEME = 'bearer';

/** Serves Swagger UI at `/docs`, and what it shows at `/docs-json`. */
export function serveDocs(app: INestApplication): void {
  const issuer = app.get<Issuer>(ISSUER);
  const { client_id: clientId, client_secret: clientSecret } = clients.librarian;
  SwaggerModule.setup('docs', app, buildDocument(app, issuer.tokenEndpoint), {
    swaggerOptions: issuer.ours ? { initOAuth: { clientId, clientSecret } } : {},
  });
}

function buildDocument(app: INestApplication, tokenUrl: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Bookshelf')
    .setDescription('Members borrow books.')
    .addOAuth2(
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: SCOPES } } },
      SCHEME,
    )
    .addSecurityRequirements(SCHEME)
    .build();
  return SwaggerModule.createDocument(app, config);
}
