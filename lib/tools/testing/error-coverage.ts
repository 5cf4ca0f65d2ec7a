import type { INestApplicationContext } from '@nestjs/common';
import { HTTP_RESPONDER, type HttpResponder } from '../../answers/http/http.responder.js';
import {
  type CataloguePublisher,
  publisherOf,
} from '../../documents/catalogue/catalogue.publisher.js';
import type { Operation } from '../../documents/catalogue/operations.js';
import { AnsweredErrors } from './answered-errors.js';
import { toTable } from './table.js';

/** An error that an operation declares. @publicApi */
export interface DeclaredAnswer {
  /** Method and path: `GET /books/{isbn}`. */
  readonly operation: string;
  readonly status: number;
  readonly code: string;
}

/** What a test run saw of the errors that an application declares, up to now. @publicApi */
export interface ErrorCoverage {
  /** Every pair of an operation and a code that is declared. */
  readonly declared: readonly DeclaredAnswer[];
  /** Those that no request was answered with. */
  readonly missing: readonly DeclaredAnswer[];
  /** Share of the declared pairs that were seen, 0 to 100; 100 where none is declared. */
  readonly percent: number;
  /** The missing pairs as a table, for people. */
  table(): string;
  /**
   * @param threshold - percentage that has to be reached, by default 100
   * @throws Error with the table, where it is not.
   */
  check(threshold?: number): void;
}

/**
 * Records the errors that applications answer with from now on, and compares them with what their
 * operations declare. Of several applications, the same API on two adapters for instance, a pair
 * counts as seen where one of them answered it.
 *
 * @example
 * ```ts
 * const coverage = errorCoverage(app);      // before the first request
 * afterAll(() => coverage.check());         // or check(90), or console.log(coverage.table())
 * ```
 * @publicApi
 */
export function errorCoverage(...apps: readonly INestApplicationContext[]): ErrorCoverage {
  return new RecordedCoverage(apps);
}

class RecordedCoverage implements ErrorCoverage {
  readonly #publishers: readonly CataloguePublisher[];
  readonly #answers = new AnsweredErrors();

  constructor(apps: readonly INestApplicationContext[]) {
    this.#publishers = apps.map(publisherOf);
    for (const app of apps) {
      app.get<HttpResponder>(HTTP_RESPONDER, { strict: false }).listen(this.#answers);
    }
  }

  get declared(): DeclaredAnswer[] {
    return unique(this.#operations().flatMap(answersOf));
  }

  get missing(): DeclaredAnswer[] {
    const seen = new Set(this.#answers.of(this.#operations()).map(keyOf));
    return this.declared.filter((answer) => !seen.has(keyOf(answer)));
  }

  get percent(): number {
    const { declared, missing } = this;
    return declared.length === 0 ? 100 : 100 * (1 - missing.length / declared.length);
  }

  table(): string {
    const rows = this.missing.map(({ operation, status, code }) => [operation, `${status}`, code]);
    return toTable(['operation', 'status', 'code never seen'], rows);
  }

  check(threshold = 100): void {
    const { percent } = this;
    if (percent < threshold) {
      throw new Error(
        `${percent.toFixed(1)} % of the declared errors were seen, and ${threshold} % are asked ` +
          `for:\n\n${this.table()}`,
      );
    }
  }

  #operations(): Operation[] {
    return this.#publishers.flatMap((publisher) => publisher.operations());
  }
}

function answersOf({ method, path, entries }: Operation): DeclaredAnswer[] {
  return entries.map(({ status, code }) => ({ operation: `${method} ${path}`, status, code }));
}

function unique(answers: readonly DeclaredAnswer[]): DeclaredAnswer[] {
  return [...new Map(answers.map((answer) => [keyOf(answer), answer])).values()];
}

function keyOf({ operation, status, code }: DeclaredAnswer): string {
  return `${operation} ${status} ${code}`;
}
