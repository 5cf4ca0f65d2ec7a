import { buildChallenge } from '../contract/challenge/challenge.builder.js';
import type { Challenge } from '../contract/challenge/challenge.js';
import { Catalogue } from '../contract/catalogue/catalogue.js';
import { keyOf } from '../contract/catalogue/catalogue-entry.js';
import { assertRow, type RowRule, type RowSettings } from '../contract/catalogue/row-rule.js';
import { SafeLogger } from '../nest/safe-logger.js';
import type { BodyMembers } from './body-members.js';
import type { ProblemOptions } from './problem/problem.options.js';
import type { RequestIdOf } from './http/request.id.js';

/** How answers are made, from the module's options. @internal */
export interface AnswerSettings extends RowSettings {
  /**
   * A challenge of each auth scheme that is taken, with the parameters that all of its challenges
   * have; the one that a client without any credentials should see first comes first.
   */
  readonly schemes: readonly [Challenge, ...Challenge[]];
  /** `WWW-Authenticate` of a 401 that names no challenge (RFC 9110 §15.5.2: it MUST have one). */
  readonly defaultChallenges: readonly string[];
  /** Shows the failed parameters in the body. */
  readonly failures: boolean;
  /** Shows the request id in the body. */
  readonly requestId: boolean;
  /** Members of every body, beside those of the contract. */
  readonly members: BodyMembers | undefined;
  /** Problem details, for clients that prefer them; `undefined` where they are off. */
  readonly problem: ProblemOptions | undefined;
  /** Domain of the codes in errors of gRPC, where it is not the service's name. */
  readonly grpcDomain: string | undefined;
  /** The id of a request, where the application knows a better one. */
  readonly idOf: RequestIdOf | undefined;
}

/** @internal */
export function toAnswerSettings(
  options: Omit<AnswerSettings, 'defaultChallenges'>,
): AnswerSettings {
  const { schemes, rows } = options;
  const defaultChallenges = schemes.map((challenge) => buildChallenge(challenge));
  return { ...options, defaultChallenges, rows: rows && failingSoft(rows) };
}

const logger = new SafeLogger();

/** A rule that fails over a row that no start-up check saw must not cost the caller the answer. */
function failingSoft(rule: RowRule): RowRule {
  return (row) => {
    try {
      const made: unknown = rule(row);
      assertRow(made);
      return made;
    } catch (error) {
      logger.error(`rows failed over ${keyOf(row)}`, error);
      return row;
    }
  };
}

/** @throws TypeError where an application's rule makes of a row what is none. @internal */
export function checkRows({ strict, rows }: RowSettings): void {
  for (const row of rows ? new Catalogue({ strict, rows: undefined }).entries() : []) {
    try {
      assertRow(rows!(row));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new TypeError(`ErrorsModule: rows fails over ${keyOf(row)}: ${reason}.`, {
        cause: error,
      });
    }
  }
}
