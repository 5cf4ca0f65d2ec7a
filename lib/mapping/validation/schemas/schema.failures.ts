import type { ArgumentMetadata } from '@nestjs/common';
import { toDescription } from '../../../contract/catalogue/description.js';
import { parameterPath } from '../parameter-path.js';
import { placeOf } from '../failed-argument.js';
import type { ValidationFailure } from '../validation-failure.js';
import { readArktype } from './arktype.reader.js';
import { type IssueReader, type ReadIssue, UNNAMED } from './issue.js';
import { demandOf } from './rule.texts.js';
import { SentValue } from './sent-value.js';
import type { StandardIssue } from './standard-schema.js';
import { readValibot } from './valibot.reader.js';
import { readZod } from './zod.reader.js';

/** What a body may make the server say of it: issues past these are not looked at. */
const MAX_ISSUES = 50;

/** By the name that each library has in Standard Schema. */
const READERS: ReadonlyMap<unknown, IssueReader> = new Map([
  ['zod', readZod],
  ['valibot', readValibot],
  ['arktype', readArktype],
]);

/** The argument that a schema refused. @internal */
export interface RefusedBySchema {
  readonly issues: readonly object[];
  /** The library that found them. */
  readonly vendor: string;
  /** What it was, and where it was sent; where neither is known, neither is told. */
  readonly argument?: { readonly value: unknown; readonly metadata: ArgumentMetadata };
}

/**
 * What a schema refuses a parameter for, at most 50 of it. What a library says of an issue beyond
 * Standard Schema is read where the library is known; of another one every issue is `invalid`.
 *
 * @internal
 */
export function schemaFailures({ issues, vendor, argument }: RefusedBySchema): ValidationFailure[] {
  const read = READERS.get(vendor) ?? readAny;
  const sent = argument && new SentValue(argument.value);
  const { metadata } = argument ?? {};
  const found = issues
    .slice(0, MAX_ISSUES)
    .flatMap((issue) => read(issue, sent ?? { isAbsent: () => undefined }));
  return found.slice(0, MAX_ISSUES).map((issue) => {
    const own = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
    const path = metadata?.data === undefined ? own : [metadata.data, ...own];
    const where = path.length > 0 ? path : metadata ? [metadata.type] : [];
    const { kind, rule, limits } = issue;
    const place = placeOf(metadata?.type);
    return { path: where, place, kind, rule, limits, description: textOf(issue, where, sent) };
  });
}

/** Standard Schema itself tells a path and a message. */
const readAny: IssueReader = (given) => {
  const { path = [], message } = given as StandardIssue;
  const steps = path.map((step) => (typeof step === 'object' ? step.key : step));
  return [{ ...UNNAMED, path: steps, message, isOwnText: false }];
};

/** What the application says of it, or else what the rule demands. */
function textOf(
  issue: ReadIssue,
  path: ValidationFailure['path'],
  sent: SentValue | undefined,
): string {
  const name = parameterPath(path);
  const demand = demandOf(issue, name).trim();
  if (issue.kind === 'missing' || issue.isOwnText || typeof issue.message !== 'string') {
    return demand;
  }
  const said = toDescription(sent ? sent.hidden(issue.message) : issue.message);
  return said === undefined ? demand : name === '' ? said : `${name}: ${said}`;
}
