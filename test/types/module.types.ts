import { type ExecutionContext, ValidationPipe } from '@nestjs/common';
import {
  Authorize,
  type Catalogue,
  type CatalogueEntry,
  ConflictException,
  type ErrorMapper,
  ErrorsModule,
  MapErrors,
  RequireAnyScope,
  RequireScopes,
  Resource,
  SchemaValidationPipe,
  type StandardSchema,
  Token,
  type TokenVerifier,
  validationExceptionFactory,
  type VerifiedToken,
  verifiedToken,
} from 'nestjs-api-errors';
import { JwtTokenVerifier, keycloak } from 'nestjs-api-errors/jwt';
import { type } from 'arktype';
import * as v from 'valibot';
import { z } from 'zod';
import { z as z3 } from 'zod/v3';
import { expectType } from './expect.js';

class DatabaseError extends Error {
  readonly constraint: string = '';
}

@MapErrors(DatabaseError)
class DatabaseErrors implements ErrorMapper<DatabaseError> {
  toException(error: DatabaseError) {
    return error.constraint ? new ConflictException({ cause: error }) : undefined;
  }
}

class Sessions implements TokenVerifier {
  verify(token: string): VerifiedToken {
    return verifiedToken({ sub: token });
  }
}

const jwt = new JwtTokenVerifier({ issuer: 'https://a.example', audience: ['b'], typ: false });

ErrorsModule.forRoot({});
ErrorsModule.forRoot({
  validation: { whitelist: true, transform: true, code: 'INVALID_PARAMETER' },
  bearer: { realm: 'bookshelf', verifier: Sessions, global: true, formToken: false },
  mappers: [DatabaseErrors, new DatabaseErrors()],
  body: { requestId: true, failures: true },
  strict: false,
});
ErrorsModule.forRoot({ validation: false, bearer: { verifier: jwt } });
ErrorsModule.forRootAsync({
  imports: [],
  inject: ['REALM'],
  useFactory: async (realm: string) => ({ bearer: { realm } }),
});

// @ts-expect-error -- there is no such option
ErrorsModule.forRoot({ filter: true });
// @ts-expect-error -- options, or false
ErrorsModule.forRoot({ validation: true });
// @ts-expect-error -- the failures' exceptions are this library's
ErrorsModule.forRoot({ validation: { exceptionFactory: () => new Error('mine') } });
// @ts-expect-error -- the one code that all failures may share
ErrorsModule.forRoot({ validation: { code: 'BAD_REQUEST' } });
// @ts-expect-error -- true or false
ErrorsModule.forRoot({ strict: 'yes' });
// @ts-expect-error -- there is no such option
ErrorsModule.forRoot({ bearer: { scope: 'books.read' } });
// @ts-expect-error -- a verifier has verify()
ErrorsModule.forRoot({ bearer: { verifier: class {} } });
// @ts-expect-error -- a mapper has toException()
ErrorsModule.forRoot({ mappers: [class {}] });
// @ts-expect-error -- a list
ErrorsModule.forRoot({ mappers: DatabaseErrors });
// @ts-expect-error -- what the factory makes are options
ErrorsModule.forRootAsync({ useFactory: () => ({ strict: 1 }) });

// Mappers

export class Promised implements ErrorMapper {
  // @ts-expect-error -- a mapper answers at once
  async toException() {
    return new ConflictException();
  }
}

export class Worded implements ErrorMapper {
  // @ts-expect-error -- a mapper makes an exception
  toException() {
    return 'CONFLICT';
  }
}

MapErrors((error) => {
  expectType<unknown>()(error);
  return true;
});
// @ts-expect-error -- a class or a predicate
MapErrors('DatabaseError');

// Bearer

RequireScopes('books.read', 'books.write');
RequireAnyScope('books.read');
// @ts-expect-error -- several scopes are several arguments
RequireScopes(['books.read']);
Authorize(async (token, context) => {
  expectType<VerifiedToken>()(token);
  expectType<string | undefined>()(token.subject);
  expectType<ExecutionContext>()(context);
  return token.scopes.includes('books.read');
});
// @ts-expect-error -- a predicate says yes or no
Authorize((token) => token.subject);

export class YesOrNo implements TokenVerifier {
  // @ts-expect-error -- a verifier says what the token is
  verify(): boolean {
    return true;
  }
}

// @ts-expect-error -- an audience is needed (RFC 9068 §4)
void new JwtTokenVerifier({ issuer: 'https://a.example' });
// @ts-expect-error -- whose tokens, or a secret
void new JwtTokenVerifier({ audience: 'b' });
void new JwtTokenVerifier({ issuer: 'https://a.example', clientIds: 'web' });
void new JwtTokenVerifier({ secret: 'of 256 bits at least, as of HS256' });
void new JwtTokenVerifier({ ...keycloak({ issuer: 'a', audience: 'b' }), clockTolerance: 5 });
void new JwtTokenVerifier({
  issuer: 'https://a.example',
  audience: 'b',
  // @ts-expect-error -- a signature is needed
  algorithms: ['none'],
});

export class Controller {
  find(@Token() token: VerifiedToken): Readonly<Record<string, unknown>> {
    // @ts-expect-error -- requests may share it
    token.subject = 'other';
    return token.claims;
  }
}

// Validation

Resource('BOOK')(class {});
// @ts-expect-error -- a resource is UPPER_SNAKE_CASE
Resource('book')(class {});
void new ValidationPipe({ exceptionFactory: validationExceptionFactory });

// Catalogue

export function list(catalogue: Catalogue): CatalogueEntry[] {
  const [entry] = catalogue.find('LIMIT_EXCEEDED');
  expectType<CatalogueEntry | undefined>()(entry);
  // @ts-expect-error -- a published row stays as it is
  if (entry) entry.code = 'OTHER';
  return catalogue.entries();
}

// Schemas

expectType<StandardSchema<{ a: number }>>()(
  new SchemaValidationPipe(z.object({ a: z.coerce.number() })).schema,
);
void new SchemaValidationPipe(z3.object({ a: z3.string() }));
void new SchemaValidationPipe(v.object({ a: v.string() }));
void new SchemaValidationPipe(v.objectAsync({ a: v.string() }));
void new SchemaValidationPipe(type({ a: 'string' }));
// @ts-expect-error -- what follows Standard Schema
void new SchemaValidationPipe({ parse: (value: unknown) => value });
