/** What to do about the errors of one library. @internal */
export interface LibraryRecipe {
  /** Any of these packages is it; where there are several, the first is named. */
  readonly packages: readonly string[];
  readonly recipe: string;
}

/** The libraries that errors come from, or that look at them. @internal */
export const libraryRecipes: readonly LibraryRecipe[] = [
  {
    packages: [
      'typeorm',
      '@nestjs/typeorm',
      '@prisma/client',
      'prisma',
      'nestjs-prisma',
      '@mikro-orm/core',
      '@mikro-orm/nestjs',
      'mongoose',
      '@nestjs/mongoose',
      'sequelize',
      '@nestjs/sequelize',
      'sequelize-typescript',
      'drizzle-orm',
      'objection',
      'knex',
      'nestjs-knex',
      'kysely',
      'pg',
      'postgres',
      '@electric-sql/pglite',
      'mysql2',
      'mariadb',
      'better-sqlite3',
      '@libsql/client',
      'mssql',
      'mongodb',
    ],
    recipe:
      'mappers: [databaseErrors({ constraints: { books_pkey: … } })] of nestjs-api-errors/mappers answers ' +
      'what is there already with 409, what must be there with 404, wrong values with 400, a database ' +
      'that is down with 503; else these are 500',
  },
  {
    packages: ['ioredis', 'redis', '@redis/client'],
    recipe:
      'mappers: [upstreamErrors()] of nestjs-api-errors/mappers answers a Redis that is down with 503; ' +
      'else that is 500',
  },
  {
    packages: ['axios', '@nestjs/axios', 'got', 'undici', 'node-fetch'],
    recipe:
      'mappers: [upstreamErrors()] of nestjs-api-errors/mappers answers a service that is down with 503, ' +
      'one that breaks off with 502, one that is slow with 504; else these are 500',
  },
  {
    packages: ['jsonwebtoken', '@nestjs/jwt'],
    recipe:
      'mappers: [jsonWebTokenErrors()] of nestjs-api-errors/mappers answers what verify() throws with 401; ' +
      'else that is 500 where no guard catches it; or leave tokens to BearerGuard',
  },
  {
    packages: ['passport', '@nestjs/passport'],
    recipe: 'nothing to do: a refused request is 401 UNAUTHORIZED with its challenge',
  },
  {
    packages: ['@nestjs/throttler'],
    recipe: 'nothing to do: 429 TOO_MANY_REQUESTS with Retry-After',
  },
  {
    packages: ['@nestjs/terminus'],
    recipe: 'nothing to do: the report stays, beside code and description',
  },
  {
    packages: ['class-validator'],
    recipe:
      'nothing to do: it is on with the import, and stands back for a ValidationPipe of the application’s',
  },
  {
    packages: ['zod', 'nestjs-zod'],
    recipe:
      'nothing to do: the issues of nestjs-zod’s pipe are read as class-validator’s failures are',
  },
  {
    packages: ['nestjs-i18n'],
    recipe:
      'leave I18nValidationExceptionFilter out, whose shape is its own; keys that you throw yourself are translated in ' +
      'a mapper, @MapErrors(HttpException), with I18nContext.current()',
  },
  {
    packages: ['@sentry/nestjs', '@sentry/node'],
    recipe: 'SentryGlobalFilter stays: it tells Sentry, and the contract answers',
  },
  {
    packages: ['nestjs-pino', 'pino-http'],
    recipe: 'nothing to do: the request id is pino’s req.id',
  },
  {
    packages: ['nestjs-cls'],
    recipe: 'requestId: () => ClsServiceManager.getClsService().getId()',
  },
];
