import type ts from 'typescript';
import { contractRows } from '../../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../../contract/catalogue/status-rows.js';
import type { CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';
import { type Naming, type Sink, throwInto, type Thrown } from './effects.js';
import { namingOfRow } from './exception.classes.js';
import { type ForeignCall, isDeferredType } from './foreign.call.js';
import type { Machine } from './machine.js';
import type { DeclaredConstraint, Mappers } from './mappers.js';

/** Packages that ask databases; of drivers only what runs a statement does. */
const DATABASES =
  /^(?:drizzle-orm|typeorm|@nestjs\/typeorm|@prisma\/.+|\.prisma|knex|kysely|objection|mongoose|mongodb|sequelize|sequelize-typescript|@mikro-orm\/.+)$/;
const DRIVERS =
  /^(?:pg|mysql2|mariadb|postgres|better-sqlite3|sqlite3|mssql|tedious|@electric-sql\/pglite)$/;
const STATEMENTS = /^(?:query|execute|exec|run|all|get|batch|unsafe)$/;
/** What has no statement in it. */
const LIFECYCLE =
  /^(?:connect|\$connect|disconnect|\$disconnect|initialize|destroy|close|end|release|toJSON|on|once|use|\$use|\$on)$/;
const WRITES =
  /^(?:insert|insertInto|insertOne|insertMany|save|create|createMany|upsert|persist|values|bulkCreate|returning|onConflictDoNothing)$/;
const UPSTREAM =
  /^(?:axios|@nestjs\/axios|undici|undici-types|got|ky|node-fetch|@grpc\/grpc-js|@aws-sdk\/.+|ioredis|redis|@redis\/.+|nats|amqplib|bullmq|openai)$/;

/** What databases and other services may throw, as the application's mappers answer it. @internal */
export class ImpliedErrors {
  constructor(readonly mappers: Mappers) {}

  add(machine: Machine, foreign: ForeignCall, sink: Sink): void {
    const { call, name } = foreign;
    if (this.mappers.database && asksDatabase(machine, foreign)) {
      const { database } = this.mappers;
      throwInto(sink, by('database', contractRows.serviceUnavailable), call);
      if (database.contention === 409) {
        throwInto(sink, by('database', contractRows.conflict), call);
      }
      if (argumentsOf(call).some((argument) => hasText(machine, argument))) {
        throwInto(sink, by('database', contractRows.invalidParameter), call);
      }
      const words = WRITES.test(name) ? wordsOf(machine, call) : new Set<string>();
      for (const constraint of database.constraints) {
        if (isOf(constraint, words)) {
          throwInto(sink, by('database', constraint.row, constraint.naming), call);
        }
      }
    }
    const isUpstream = UPSTREAM.test(foreign.package ?? '') || call.getText().startsWith('fetch(');
    if (this.mappers.hasUpstream && isUpstream && isAsync(machine, call)) {
      for (const row of [rowForStatus(502), contractRows.serviceUnavailable, rowForStatus(504)]) {
        throwInto(sink, by('upstream', row), call);
      }
    }
    if (foreign.package === '@nestjs/terminus' && name === 'check') {
      throwInto(sink, by('terminus', contractRows.serviceUnavailable), call);
    }
    if (this.mappers.hasJsonWebToken && foreign.package === 'jsonwebtoken' && name === 'verify') {
      throwInto(sink, by('jsonwebtoken', contractRows.unauthorized), call);
    }
  }

  /** What is made of an error that is no exception: one of the application's own, or of a database's. */
  answersOf(thrown: Thrown): Thrown[] {
    const own = this.mappers.own.find(({ errors }) =>
      errors.some((id) => thrown.lineage.includes(id)),
    );
    if (own) {
      return [...own.answers];
    }
    const from = thrown.lineage[0]?.split(' ')[0] ?? '';
    return this.mappers.database && DATABASES.test(from)
      ? [by('database', contractRows.serviceUnavailable)]
      : [];
  }
}

function by(origin: string, row: CatalogueEntry, naming?: Naming): Thrown {
  return {
    lineage: [`${origin} error`, 'Error'],
    row,
    naming: naming ?? namingOfRow(row),
    by: origin,
  };
}

function asksDatabase(machine: Machine, { call, package: from = '', name }: ForeignCall): boolean {
  const isAsked = DATABASES.test(from)
    ? !LIFECYCLE.test(name)
    : DRIVERS.test(from) && STATEMENTS.test(name);
  return isAsked && isAsync(machine, call);
}

function isAsync({ project }: Machine, call: ts.Expression): boolean {
  return isDeferredType(project.checker.getTypeAtLocation(call));
}

function argumentsOf(call: ForeignCall['call']): readonly ts.Expression[] {
  return 'arguments' in call ? (call.arguments ?? []) : [];
}

/** Whether a text of a caller's may be in it, which a column may not be able to hold. */
function hasText(machine: Machine, node: ts.Expression): boolean {
  const { ts: typescript, checker } = machine.project;
  if (typescript.isFunctionLike(node)) {
    return false;
  }
  if (typescript.isCallExpression(node)) {
    const from = machine.origins.of(node.expression)?.package ?? '';
    return DATABASES.test(from)
      ? node.arguments.some((argument) => hasText(machine, argument))
      : isText(machine, checker.getTypeAtLocation(node), 0);
  }
  if (typescript.isTaggedTemplateExpression(node)) {
    const spans = typescript.isTemplateExpression(node.template) ? node.template.templateSpans : [];
    return spans.some(({ expression }) => hasText(machine, expression));
  }
  return isText(machine, checker.getTypeAtLocation(node), 0);
}

function isText(machine: Machine, type: ts.Type, depth: number): boolean {
  const { ts: typescript, checker, isFollowed } = machine.project;
  if (type.isUnionOrIntersection()) {
    return type.types.some((one) => isText(machine, one, depth));
  }
  if (type.flags & typescript.TypeFlags.String) {
    return true;
  }
  const [declaration] = (type.symbol as ts.Symbol | undefined)?.declarations ?? [];
  const isData = declaration !== undefined && isFollowed(declaration.getSourceFile());
  return (
    isData &&
    depth < 2 &&
    !typescript.isFunctionLike(declaration) &&
    type.getProperties().some((property) => {
      const [at] = property.declarations ?? [];
      return (
        at !== undefined &&
        isText(machine, checker.getTypeOfSymbolAtLocation(property, at), depth + 1)
      );
    })
  );
}

/** The names of a statement's table or entity: `insert(books)`, `prisma.book.create()`, `bookRepository.save()`. */
function wordsOf(machine: Machine, call: ts.Node): Set<string> {
  const { ts: typescript } = machine.project;
  const words = new Set<string>();
  for (let node: ts.Node = call; ;) {
    if (typescript.isCallExpression(node)) {
      const [first] = node.arguments;
      if (
        first &&
        typescript.isIdentifier(first) &&
        !/^(?:values|returning)$/.test(node.expression.getText().split('.').at(-1)!)
      ) {
        splitWords(first.text).forEach((word) => words.add(word));
      }
      node = node.expression;
    } else if (typescript.isPropertyAccessExpression(node)) {
      splitWords(node.name.text).forEach((word) => words.add(word));
      node = node.expression;
    } else {
      return words;
    }
  }
}

function splitWords(name: string): string[] {
  return name
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
    .filter(Boolean)
    .map((word) => word.toLowerCase().replace(/s$/, ''));
}

function isOf({ name }: DeclaredConstraint, words: ReadonlySet<string>): boolean {
  return words.has(splitWords(name)[0] ?? '');
}
