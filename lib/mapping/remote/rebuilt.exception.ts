import { keyOf } from '../../contract/catalogue/catalogue-entry.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException, isApiException } from '../../contract/exceptions/api.exception.js';
import { ServiceUnavailableException } from '../../contract/exceptions/contract.exceptions.js';
import type { ApiExceptionClass } from '../../contract/exceptions/define-exception.js';
import { described, exceptionOfRow } from '../../contract/exceptions/exception-of-row.js';
import { suspendStackTraces } from '../../contract/exceptions/stack-traces.js';
import type { SentError } from './sent-error.js';

/** Classes of an application's own, by their row. @internal */
export type KnownClasses = ReadonlyMap<string, ApiExceptionClass>;

/**
 * The exception that a service answered with. What is this application's to tell comes back as it was: a
 * 4xx, and what the application has a class for. Any other 5xx says that something behind this
 * application failed (RFC 9110 §15.6.3), and what it was is its cause, for the log.
 *
 * @internal
 */
export function rebuiltException(sent: SentError, known: KnownClasses): ApiException {
  const type = known.get(keyOf(sent));
  return (type && ofClass(type, sent)) ?? (sent.status < 500 ? asItWas(sent) : behind(sent));
}

/** `undefined` where the class is none that can be made of a description and options. */
function ofClass(type: ApiExceptionClass, sent: SentError): ApiException | undefined {
  try {
    const { status, code } = sent;
    const made: unknown = described(type, sent.description, optionsOf(sent));
    return isApiException(made) && made.getStatus() === status && made.code === code
      ? made
      : undefined;
  } catch {
    return undefined;
  }
}

function asItWas(sent: SentError): ApiException {
  return exceptionOfRow(sent, optionsOf(sent));
}

function optionsOf({ retryAfter, failures, members }: SentError) {
  return {
    ...(retryAfter !== undefined && { retryAfter }),
    ...(failures && { failures }),
    ...(members && { members }),
  };
}

function behind(sent: SentError): ApiException {
  const { status, retryAfter } = sent;
  const cause = new ServiceFault(sent);
  const restore = suspendStackTraces();
  try {
    return status === 503
      ? new ServiceUnavailableException({ cause, ...(retryAfter !== undefined && { retryAfter }) })
      : new ApiException(rowForStatus(status === 504 ? 504 : 502), { cause });
  } finally {
    restore();
  }
}

/** What a service said of a fault of its own. */
class ServiceFault extends Error {
  override readonly name = 'ServiceFault';
  readonly code: string;

  constructor({ status, code, description }: SentError) {
    super(`The service answered ${status} ${code}: ${description}`);
    this.code = code;
  }
}
