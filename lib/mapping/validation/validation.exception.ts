import { withPath } from '../../contract/exceptions/failure-path.js';
import { MAX_DESCRIPTION_LENGTH } from '../../contract/catalogue/description.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import type { ParameterFailure } from '../../contract/exceptions/api-exception.options.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import {
  InvalidParameterException,
  MissingParameterException,
  ParameterLimitExceededException,
  ParameterOutOfRangeException,
} from '../../contract/exceptions/contract.exceptions.js';
import { InvalidResourceException } from '../../contract/exceptions/resource.exceptions.js';
import { parameterPath } from './parameter-path.js';
import { kindOfFailures, type ValidationFailure } from './validation-failure.js';

/** What decides on the code beside the failures. @internal */
export interface CodeRules {
  /** The one code for every failure, where the application wants no other. */
  readonly code?: 'INVALID_PARAMETER' | undefined;
  /** Says of no failure what it is. */
  readonly isSilent?: boolean;
  /** The exception that a pipe of the application's made. */
  readonly cause?: unknown;
  /** Status that a pipe of the application's answers with in place of 400. */
  readonly status?: number;
  /** Name of the resource that the failed parameters are the content of. */
  readonly resource?: string | undefined;
}

/**
 * The exception of failed parameters: MISSING_PARAMETER where every one of them was absent,
 * OUT_OF_RANGE where every failure is a bound, LIMIT_EXCEEDED where every failure is a size, else
 * INVALID_{RESOURCE}, else INVALID_PARAMETER.
 *
 * @internal
 */
export function validationException(
  found: readonly ValidationFailure[],
  { code, isSilent, cause, resource, status = 400 }: CodeRules,
): ApiException {
  const description = isSilent ? undefined : summary(found);
  const options = isSilent ? { cause } : { cause, failures: found.map(toParameterFailure) };
  if (status !== 400) {
    return new ApiException(rowForStatus(status), description, options);
  }
  switch (code ? 'invalid' : kindOfFailures(found)) {
    case 'missing':
      return new MissingParameterException(description, options);
    case 'bound':
      return new ParameterOutOfRangeException(description, options);
    case 'size':
      return new ParameterLimitExceededException(description, options);
    default:
      return code || resource === undefined
        ? new InvalidParameterException(description, options)
        : new InvalidResourceException(resource, description, options);
  }
}

function toParameterFailure({
  path,
  place,
  isWhole,
  rule,
  limits,
  description,
}: ValidationFailure): ParameterFailure {
  const failure = {
    parameter: parameterPath(path),
    ...(place && { in: place }),
    rule,
    ...(limits && { limits }),
    description,
  };
  return withPath(failure, isWhole ? [] : path);
}

/** One sentence a parameter, as many as fit; the rest is counted. */
function summary(failures: readonly ValidationFailure[]): string {
  const sentences = new Map<string, string>();
  for (const { path, description } of failures) {
    const parameter = parameterPath(path);
    sentences.set(parameter, sentences.get(parameter) ?? description);
  }
  const all = [...sentences.values()];
  let text = '';
  let count = 0;
  for (const sentence of all) {
    const next = text === '' ? sentence : `${text}; ${sentence}`;
    if (count > 0 && next.length > MAX_DESCRIPTION_LENGTH - 20) {
      break;
    }
    text = next;
    count += 1;
  }
  const rest = all.length - count;
  return rest > 0 ? `${text}; and ${rest} more.` : `${text}.`;
}
