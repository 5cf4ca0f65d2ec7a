import { Module } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import {
  defineException,
  ErrorsModule,
  ResourceNotExistException,
  type TokenVerifier,
} from 'nestjs-api-errors';
import { type ApiError, isApiError, readError } from 'nestjs-api-errors/client';
import { type GrpcError, readGrpcError } from 'nestjs-api-errors/grpc';
import { type GraphqlApiError, readGraphqlErrors } from 'nestjs-api-errors/graphql';
import { IntrospectionTokenVerifier } from 'nestjs-api-errors/introspection';
import { asymmetricAlgorithms, JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { upstreamErrors } from 'nestjs-api-errors/mappers';
import { rebuildErrors, withRebuiltErrors } from 'nestjs-api-errors/microservices';
import { RedisStore } from 'nestjs-api-errors/redis';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { apiErrorMatchers, checkCatalogue } from 'nestjs-api-errors/testing';
import { readSocketError } from 'nestjs-api-errors/websockets';

/* Every entry point, with types that only its declarations can give; see types.mjs. */

export class LoanOverdueException extends defineException({
  code: 'LOAN_OVERDUE',
  status: 403,
  description: 'The member has an overdue loan.',
}) {}

export const code: 'BOOK_NOT_EXIST' = new ResourceNotExistException('BOOK').code;
// @ts-expect-error -- a status is a literal, too
export const status: 404 = new LoanOverdueException().getStatus();
// @ts-expect-error -- no name of a resource
export const misnamed = new ResourceNotExistException('book');
// @ts-expect-error -- an issuer is needed
export const incomplete = new JwtTokenVerifier({ audience: 'b' });

export const verifiers: TokenVerifier[] = [
  new JwtTokenVerifier({ issuer: 'https://a.example', audience: 'b' }),
];
export const classes: (abstract new (...args: never[]) => TokenVerifier)[] = [
  IntrospectionTokenVerifier,
];
export const algorithm: string = asymmetricAlgorithms[0];
export const store = (client: ConstructorParameters<typeof RedisStore>[0]) =>
  new RedisStore(client);

export const rebuild = rebuildErrors<string>({ exceptions: [LoanOverdueException] });
export const sent: GrpcError | undefined = readGrpcError(new Error());
export const client: { send(): void } = withRebuiltErrors({ send() {} });

export async function read(response: Response): Promise<ApiError | undefined> {
  const error = await readError(response);
  return isApiError(error, 'BOOK_NOT_EXIST') ? error : undefined;
}

export const fields = (from: unknown): GraphqlApiError[] => readGraphqlErrors(from);
export const told = (from: unknown): ApiError | undefined => readSocketError(from);

@Module({
  imports: [
    ErrorsModule.forRoot({
      bearer: { realm: 'books' },
      validation: false,
      mappers: [upstreamErrors()],
    }),
  ],
})
export class AppModule {}

type App = Parameters<typeof documentErrors>[1];
export const complete = (document: OpenAPIObject, app: App): OpenAPIObject =>
  documentErrors(document, app);
export const tools = [apiErrorMatchers, checkCatalogue];
