import { anyOf, ErrorsModule } from 'nestjs-api-errors';
import { IntrospectionTokenVerifier } from 'nestjs-api-errors/introspection';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';

const issuer = 'https://login.example.com';
const audience = 'https://api.example.com/v1';
const client = { clientId: 'api', clientSecret: 'secret' };

export const errors = () =>
  ErrorsModule.forRoot({
    bearer: {
      resource: audience,
      authorizationServers: [issuer],
      verifier: anyOf(
        new JwtTokenVerifier({ issuer, audience }),
        new IntrospectionTokenVerifier({ issuer, audience, ...client }),
      ),
      dpop: true,
      global: true,
    },
  });
