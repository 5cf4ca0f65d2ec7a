import {
  type CanActivate,
  type DynamicModule,
  ForbiddenException,
  Injectable,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { ApolloDriver } from '@nestjs/apollo';
import {
  Args,
  ArgsType,
  Field,
  GraphQLModule,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { MercuriusDriver } from '@nestjs/mercurius';
import { IsISBN, Max, Min } from 'class-validator';
import { GraphQLError } from 'graphql';
import {
  BearerGuard,
  ConflictException,
  RequireScopes,
  ResourceNotExistException,
  Throws,
  Token,
  type VerifiedToken,
} from 'nestjs-api-errors';
import { type Platform } from './support.js';
import { rows, SECRET, unknown } from './rows.js';

/** The servers that Nest has drivers for, each with the adapters that it runs on. */
export const servers: readonly (readonly ['apollo' | 'mercurius', Platform])[] = [
  ['apollo', 'express'],
  ['apollo', 'fastify'],
  ['mercurius', 'fastify'],
];
export type Approach = 'code first' | 'schema first';
export const approaches: readonly Approach[] = ['code first', 'schema first'];

@Injectable()
export class ClosedGuard implements CanActivate {
  canActivate(): boolean {
    throw new ForbiddenException('The library is closed.');
  }
}

@ArgsType()
export class PageArgs {
  @Field(() => Int)
  @Min(1)
  @Max(100)
  size: number;
}

@InputType()
export class BookInput {
  @Field()
  @IsISBN()
  isbn: string;
}

@ObjectType()
export class Book {
  @Field()
  isbn: string;

  @Field({ nullable: true })
  owner?: string;

  @Field({ nullable: true })
  plain?: string;

  @Field()
  required: string;

  @Field({ nullable: true })
  secret?: string;
}

/** What the resolvers of both approaches do. */
const does = {
  fail(row: number): string {
    throw rows[row]![2]();
  },
  undeclared(): string {
    throw new ConflictException();
  },
  unknown(index: number): string {
    throw unknown[index];
  },
  own(): string {
    throw new GraphQLError('In its own words.', { extensions: { code: 'OWN', hint: 'kept' } });
  },
  async *ticks(count: number): AsyncGenerator<{ ticks: number }> {
    for (let i = 1; i <= count; i += 1) {
      yield { ticks: i };
    }
    throw new Error(SECRET);
  },
};

@Resolver(() => Book)
export class CodeFirstResolver {
  @Query(() => String, { nullable: true })
  fail(@Args('row', { type: () => Int }) row: number): string {
    return does.fail(row);
  }

  @Query(() => String)
  failRequired(@Args('row', { type: () => Int }) row: number): string {
    return does.fail(row);
  }

  @Query(() => String, { nullable: true })
  @Throws(ResourceNotExistException.for('BOOK'))
  undeclared(): string {
    return does.undeclared();
  }

  @Query(() => String, { nullable: true, name: 'declared' })
  @Throws(ResourceNotExistException.for('BOOK'))
  declaredByName(): string {
    return does.fail(12);
  }

  @Query(() => String, { nullable: true })
  unknown(@Args('index', { type: () => Int }) index: number): string {
    return does.unknown(index);
  }

  @Query(() => String, { nullable: true })
  own(): string {
    return does.own();
  }

  @Query(() => String, { nullable: true })
  @UseGuards(ClosedGuard)
  closed(): string {
    return 'open';
  }

  @Query(() => String, { nullable: true })
  page(@Args() { size }: PageArgs): string {
    return `${size}`;
  }

  @Mutation(() => String, { nullable: true })
  add(@Args('book') { isbn }: BookInput): string {
    return isbn;
  }

  @Query(() => String, { nullable: true })
  @UseGuards(BearerGuard)
  @RequireScopes('books.read')
  mine(@Token() token: VerifiedToken): string {
    return token.subject!;
  }

  @Query(() => String)
  @UseGuards(BearerGuard)
  @RequireScopes('books.write')
  minesRequired(@Token() token: VerifiedToken): string {
    return token.subject!;
  }

  @Query(() => Book, { nullable: true })
  book(): Partial<Book> {
    return { isbn: '1' };
  }

  @ResolveField(() => String, { nullable: true })
  owner(@Parent() _book: Book): string {
    return does.fail(12);
  }

  @ResolveField(() => String, { nullable: true })
  plain(): string {
    throw new Error(SECRET);
  }

  @ResolveField(() => String)
  required(): string {
    return does.fail(16);
  }

  @Subscription(() => Int)
  ticks(@Args('count', { type: () => Int }) count: number): unknown {
    return count < 0 ? does.fail(5) : does.ticks(count);
  }

  @Subscription(() => Int)
  @UseGuards(BearerGuard)
  async *myTicks(@Token() _token: VerifiedToken): AsyncGenerator<{ myTicks: number }> {
    yield { myTicks: 1 };
  }
}

const schema = `
  input BookInput { isbn: String! }
  type Book { isbn: String! owner: String plain: String required: String! secret: String }
  type Query {
    fail(row: Int!): String
    failRequired(row: Int!): String!
    undeclared: String
    declared: String
    unknown(index: Int!): String
    own: String
    closed: String
    page(size: Int!): String
    mine: String
    minesRequired: String!
    book: Book
  }
  type Mutation { add(book: BookInput!): String }
  type Subscription { ticks(count: Int!): Int! myTicks: Int! }
`;

@Resolver('Book')
export class SchemaFirstResolver {
  @Query('fail')
  fail(@Args('row') row: number): string {
    return does.fail(row);
  }

  @Query('failRequired')
  failRequired(@Args('row') row: number): string {
    return does.fail(row);
  }

  @Query('undeclared')
  @Throws(ResourceNotExistException.for('BOOK'))
  undeclared(): string {
    return does.undeclared();
  }

  @Query('declared')
  @Throws(ResourceNotExistException.for('BOOK'))
  declaredByName(): string {
    return does.fail(12);
  }

  @Query('unknown')
  unknown(@Args('index') index: number): string {
    return does.unknown(index);
  }

  @Query('own')
  own(): string {
    return does.own();
  }

  @Query('closed')
  @UseGuards(ClosedGuard)
  closed(): string {
    return 'open';
  }

  @Query('page')
  page(@Args() { size }: PageArgs): string {
    return `${size}`;
  }

  @Mutation('add')
  add(@Args('book') { isbn }: BookInput): string {
    return isbn;
  }

  @Query('mine')
  @UseGuards(BearerGuard)
  @RequireScopes('books.read')
  mine(@Token() token: VerifiedToken): string {
    return token.subject!;
  }

  @Query('minesRequired')
  @UseGuards(BearerGuard)
  @RequireScopes('books.write')
  minesRequired(@Token() token: VerifiedToken): string {
    return token.subject!;
  }

  @Query('book')
  book(): Partial<Book> {
    return { isbn: '1' };
  }

  @ResolveField('owner')
  owner(@Parent() _book: Book): string {
    return does.fail(12);
  }

  @ResolveField('plain')
  plain(): string {
    throw new Error(SECRET);
  }

  @ResolveField('required')
  required(): string {
    return does.fail(16);
  }

  @Subscription('ticks')
  ticks(@Args('count') count: number): unknown {
    return count < 0 ? does.fail(5) : does.ticks(count);
  }

  @Subscription('myTicks')
  @UseGuards(BearerGuard)
  async *myTicks(@Token() _token: VerifiedToken): AsyncGenerator<{ myTicks: number }> {
    yield { myTicks: 1 };
  }
}

export function graphql(
  server: 'apollo' | 'mercurius',
  approach: Approach,
  more: Record<string, unknown> = {},
): { imports: DynamicModule[]; providers: Type[] } {
  const isCodeFirst = approach === 'code first';
  const options = {
    ...(isCodeFirst ? { autoSchemaFile: true } : { typeDefs: schema }),
    ...(server === 'apollo'
      ? { subscriptions: { 'graphql-ws': true }, graphiql: false, playground: false }
      : { subscription: true }),
    ...more,
  };
  const driver = server === 'apollo' ? ApolloDriver : MercuriusDriver;
  return {
    imports: [GraphQLModule.forRoot({ driver, ...options } as never)],
    providers: [isCodeFirst ? CodeFirstResolver : SchemaFirstResolver, ClosedGuard],
  };
}

/** One of the errors of a response. */
export interface SentError {
  readonly message: string;
  readonly path?: (string | number)[];
  readonly locations?: object[];
  readonly extensions?: Record<string, unknown>;
}

export interface Sent {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: Record<string, unknown> | null;
  readonly errors: readonly SentError[];
  readonly text: string;
}

/** Posts an operation as any client does. */
export async function post(
  url: string,
  query: string,
  headers: Record<string, string> = {},
): Promise<Sent> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  const { data, errors = [] } = JSON.parse(text) as Partial<Sent>;
  return { status: response.status, headers: response.headers, data, errors, text };
}
