import type { INestApplicationContext } from '@nestjs/common';
import { HTTP_RESPONDER, type HttpResponder } from '../../answers/http/http.responder.js';
import {
  type CataloguePublisher,
  publisherOf,
} from '../../documents/catalogue/catalogue.publisher.js';
import type { Operation } from '../../documents/catalogue/operations.js';
import { AnsweredErrors } from './answered-errors.js';
import {
  type CoverageData,
  type DeclaredAnswer,
  mergeCoverage,
  missingOf,
  percentOf,
} from '../coverage/coverage.data.js';
import { COVERAGE_FOLDER, saveCoverage } from '../coverage/coverage.files.js';
import { toMissingTable } from '../coverage/coverage.formats.js';

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
  /**
   * Leaves what this process saw in a file, as Jest and Vitest run files of tests in several: together
   * they are what `nestjs-api-errors coverage [folder]` reports.
   *
   * @param folder - by default `coverage/errors`; made where it is not there, and to be emptied before
   *   a run
   */
  save(folder?: string): void;
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

  get declared(): readonly DeclaredAnswer[] {
    return this.#data().declared;
  }

  get missing(): DeclaredAnswer[] {
    return missingOf(this.#data());
  }

  get percent(): number {
    return percentOf(this.#data());
  }

  table(): string {
    return toMissingTable(this.#data());
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

  save(folder = COVERAGE_FOLDER): void {
    saveCoverage(folder, this.#data());
  }

  #data(): CoverageData {
    const operations = this.#publishers.flatMap((publisher) => publisher.operations());
    return mergeCoverage([
      { declared: operations.flatMap(answersOf), seen: this.#answers.of(operations) },
    ]);
  }
}

function answersOf({ method, path, entries }: Operation): DeclaredAnswer[] {
  return entries.map(({ status, code }) => ({ operation: `${method} ${path}`, status, code }));
}
