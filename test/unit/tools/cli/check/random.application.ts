import * as fc from 'fast-check';

/** The source of one application, a file: `make()` makes its controller, by hand as DI would. */
export interface RandomApplication {
  readonly name: string;
  readonly source: string;
  readonly handlers: readonly string[];
}

const header = `import { Controller, Get, GoneException, HttpException, Injectable, Module } from '@nestjs/common';
import {
  ApiException, ConflictException, defineException, DeletedException, NotFoundException, ResourceNotExistException,
  ResourceOutOfRangeException,
} from 'nestjs-api-errors';
import { catchError, firstValueFrom, from, map, switchMap, throwError } from 'rxjs';

/** The throw that happens is the one that is reached as the target-th. */
export const state = { target: 0, count: 0, flag: false, early: false };
function hit(): boolean {
  state.count += 1;
  return state.count === state.target;
}
class LoanOverdueException extends defineException({ code: 'LOAN_OVERDUE', status: 403, description: 'Late.' }) {}
class ShelfGoneException extends GoneException {
  constructor() {
    super('SHELF_GONE');
  }
}
class DomainError extends Error {}
async function transaction<Result>(work: (tx: number) => Promise<Result>): Promise<Result> {
  try {
    return await work(1);
  } catch (error) {
    throw state.target < 0 ? new Error('begin') : error;
  }
}
function orThrow<Thing>(thing: Thing | undefined, error: Error): Thing {
  if (thing === undefined) {
    throw error;
  }
  return thing;
}
function missing(resource: string): ApiException {
  return new ResourceNotExistException(resource as 'X');
}
`;

/** Errors with the text that makes them, and what `instanceof` knows them by. */
const ERRORS = [
  ['new ConflictException()', 'ConflictException'],
  ['new NotFoundException()', 'NotFoundException'],
  ["new ResourceNotExistException('BOOK')", 'ResourceNotExistException'],
  ["new (ResourceNotExistException.for('MEMBER'))()", 'ResourceNotExistException'],
  ["missing('LOAN')", 'ResourceNotExistException'],
  ['new LoanOverdueException()', 'LoanOverdueException'],
  ['new DeletedException()', 'ApiException'],
  ['new ShelfGoneException()', 'GoneException'],
  ["new HttpException('Pay.', 402)", 'HttpException'],
  ["new Error('bug')", 'Error'],
  ['new DomainError()', 'DomainError'],
  ['state.flag ? new ResourceOutOfRangeException() : new ConflictException()', 'ConflictException'],
] as const;

const CODES = ['CONFLICT', 'NOT_FOUND', 'BOOK_NOT_EXIST', 'LOAN_OVERDUE', 'DELETED'];

/** Applications whose services call each other to some depth, and throw and catch on the way. */
export const randomApplications = (name: string): fc.Arbitrary<RandomApplication> =>
  fc.gen().map((gen) => {
    const pick = (max: number): number => gen(fc.nat, { max: max - 1 });
    return new Builder(name, pick).build();
  });

class Builder {
  readonly #depth: number;

  constructor(
    private readonly name: string,
    private readonly pick: (max: number) => number,
  ) {
    this.#depth = 1 + pick(4);
  }

  build(): RandomApplication {
    const levels = Array.from({ length: this.#depth }, (_, level) =>
      this.#service(level),
    ).toReversed();
    const handlers = ['first', 'second'];
    const methods = handlers.map(
      (handler) =>
        `  @Get('${handler}')\n  async ${handler}(): Promise<unknown> {\n${this.#body(-1, 2)}\n  }`,
    );
    const source = `${header}
${levels.join('\n')}
@Controller('${this.name}')
export class Controller_${this.name} {
  constructor(private readonly next: Service0) {}
${methods.join('\n')}
}
@Module({ controllers: [Controller_${this.name}], providers: [${this.#providers()}] })
export class AppModule {}
export const make = () => new Controller_${this.name}(${this.#made(0)});
`;
    return { name: this.name, source, handlers };
  }

  /** Every second one is an abstract class that a module binds. */
  #service(level: number): string {
    const isLast = level === this.#depth - 1;
    const constructor = isLast
      ? ''
      : `  constructor(protected readonly next: Service${level + 1}) {}\n`;
    const methods = `  async run(): Promise<unknown> {\n${this.#body(level, 2)}\n  }
  async *items(): AsyncGenerator<number> {\n${this.#statement(level, 1)}\n    yield 1;\n  }
  get ready(): boolean {\n    if (hit()) { throw ${this.#error()[0]}; }\n    return true;\n  }
  plain(): Promise<unknown> {\n    ${isLast ? 'return Promise.resolve(1);' : 'return this.next.run();'}\n  }`;
    if (level % 2 === 0) {
      return `@Injectable()\nexport class Service${level} {\n${constructor}${methods}\n}`;
    }
    return `export abstract class Service${level} {
  abstract run(): Promise<unknown>;
  abstract items(): AsyncGenerator<number>;
  abstract get ready(): boolean;
  abstract plain(): Promise<unknown>;
}
@Injectable()
export class Bound${level} extends Service${level} {
${constructor.replace(') {}', ') {\n    super();\n  }')}${methods}
}`;
  }

  #providers(): string {
    return Array.from({ length: this.#depth }, (_, level) =>
      level % 2 === 0 ? `Service${level}` : `{ provide: Service${level}, useClass: Bound${level} }`,
    ).join(', ');
  }

  #made(level: number): string {
    const type = level % 2 === 0 ? `Service${level}` : `Bound${level}`;
    return `new ${type}(${level === this.#depth - 1 ? '' : this.#made(level + 1)})`;
  }

  #body(level: number, depth: number): string {
    const count = 1 + this.pick(3);
    const statements = Array.from({ length: count }, () => this.#statement(level, depth));
    return [...statements, '    return 1;'].join('\n');
  }

  #statement(level: number, depth: number): string {
    const canCall = level < this.#depth - 1;
    const kind = this.pick(depth > 0 ? 10 : 6);
    if (kind < 2) {
      return `    if (hit()) { throw ${this.#error()[0]}; }`;
    }
    if (kind === 2) {
      return `    orThrow(hit() ? undefined : 1, ${this.#error()[0]});`;
    }
    if (kind < 6) {
      return canCall
        ? this.#call()
        : `    if (hit()) { const error = ${this.#error()[0]}; throw error; }`;
    }
    return this.#try(level, depth);
  }

  #call(): string {
    const error = this.#certain();
    const calls = [
      'await this.next.run();',
      'await this.next.plain();',
      'await Promise.all([1, 2].map(async () => this.next.run()));',
      'await Promise.all([this.next.run(), this.next.plain()]);',
      'await transaction(async () => this.next.run());',
      'await this.next.run().then(() => this.next.plain());',
      'await this.next.run().catch(() => undefined);',
      `await this.next.run().catch((error: unknown) => { if (error instanceof ${error[1]}) { throw ${this.#certain()[0]}; } throw error; });`,
      'await this.next.run().finally(() => undefined);',
      'void this.next.run().catch(() => undefined);',
      'for await (const item of this.next.items()) { void item; }',
      'if (!this.next.ready) { return 0; }',
      'const tasks: Promise<unknown>[] = []; tasks.push(this.next.run()); await Promise.all(tasks);',
      'await firstValueFrom(from(this.next.run()).pipe(map((value) => value), switchMap(() => this.next.plain())));',
      `await firstValueFrom(from(this.next.run()).pipe(catchError((error: unknown) => throwError(() => error instanceof ${error[1]} ? ${this.#certain()[0]} : error))));`,
      `await new Promise((resolve, reject) => { if (hit()) { reject(${error[0]}); } resolve(1); });`,
      `if (hit()) { await Promise.reject(${error[0]}); }`,
    ];
    return `    { ${calls[this.pick(calls.length)]!} }`;
  }

  #try(level: number, depth: number): string {
    const thrown = `if (hit()) { throw ${this.#error()[0]}; }`;
    const inside = `${thrown}\n${this.#statement(level, depth - 1)}`;
    const [made, type] = this.#certain();
    const code = CODES[this.pick(CODES.length)]!;
    const catches = [
      `catch { /* handled */ }`,
      `catch (error) { throw error; }`,
      `catch (error) { if (error instanceof ${type}) { throw ${made}; } throw error; }`,
      `catch (error) { if (!(error instanceof ${type})) { throw error; } }`,
      `catch (error) { if (error instanceof ApiException && error.code === '${code}') { return 2; } throw error; }`,
      `catch (error) { if (error instanceof ${type} || error instanceof DomainError) { throw error; } }`,
      `catch (error) { throw error instanceof ${type} ? ${made} : error; }`,
      `catch { throw ${made}; }`,
      `finally { state.count += 0; }`,
    ];
    // In handlers alone: what is returned early at two levels cannot be told apart by one run
    const isReturned = level === -1 && this.pick(3) === 0;
    const returned = isReturned ? '\n    if (state.early) { return this.next.run(); }' : '';
    return `    try {\n    ${inside}${returned}\n    } ${catches[this.pick(catches.length)]!}`;
  }

  /** One that is always the same: what is caught may depend on the flag as well. */
  #certain(): (typeof ERRORS)[number] {
    return ERRORS[this.pick(ERRORS.length - 1)]!;
  }

  #error(): (typeof ERRORS)[number] {
    return ERRORS[this.pick(ERRORS.length)]!;
  }
}
