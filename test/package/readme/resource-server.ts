import { type DynamicModule } from '@nestjs/common';
import { anyOf, ErrorsModule } from 'nestjs-api-errors';
import { IntrospectionTokenVerifier } from 'nestjs-api-errors/introspection';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

const issuer = 'https://login.example.com';
const audience = 'https://api.example.com/v1';
const jwt = new JwtTokenVerifier({ issuer, audience });
const introspection = new IntrospectionTokenVerifier({
  issuer,
  audience,
  clientId: 'api',
  clientSecret: 'secret',
});

/** A resource server as the README shows it. */
export const resourceServer = (): DynamicModule =>
  ErrorsModule.forRoot({
    bearer: {
      resource: 'https://api.example.com/v1',
      authorizationServers: ['https://login.example.com'],
      verifier: anyOf(jwt, introspection),
      dpop: true,
      global: true,
    },
  });
