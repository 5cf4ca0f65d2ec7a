import { inspect } from 'node:util';
import { describeError, type DescribedError } from './described-error.js';

/**
 * What was thrown, as a log may have it: an error to whatever formats errors, pino's serializer for
 * instance, that says no more than is safe. Nothing of it is read before that is asked for, as a stack
 * costs more than the answer itself.
 *
 * @internal
 */
export class LoggedError {
  #describe: (() => DescribedError) | undefined;
  #described: DescribedError | undefined;

  private constructor(describe: () => DescribedError) {
    this.#describe = describe;
  }

  static of(thrown: unknown): LoggedError {
    return new LoggedError(() => describeError(thrown));
  }

  get name(): string {
    return this.#error.name;
  }

  get message(): string {
    return this.#error.message;
  }

  get code(): string | number | undefined {
    return this.#error.code;
  }

  /** With the errors that it aggregates: serializers know those of the first error alone. */
  get stack(): string {
    return stackOf(this.#error) + membersOf(this.#error);
  }

  get cause(): LoggedError | undefined {
    const { cause } = this.#error;
    return cause && new LoggedError(() => cause);
  }

  toString(): string {
    return textOf(this.#error);
  }

  toJSON(): object {
    return fieldsOf(this.#error);
  }

  [inspect.custom](): string {
    return this.toString();
  }

  get #error(): DescribedError {
    this.#described ??= this.#describe?.();
    this.#describe = undefined;
    return this.#described!;
  }
}

// An error without the stack trace that making one takes, and named as what was thrown, not after this
Object.setPrototypeOf(LoggedError.prototype, Error.prototype);
Object.defineProperties(LoggedError.prototype, {
  constructor: { value: undefined },
  // Which serializers look for among what an error carries
  code: { enumerable: true },
});

function stackOf({ name, message, frames }: DescribedError): string {
  return [message === '' ? name : `${name}: ${message}`, ...frames].join('\n');
}

function textOf(error: DescribedError): string {
  const cause = error.cause ? `\nCaused by: ${textOf(error.cause)}` : '';
  return stackOf(error) + membersOf(error) + cause;
}

function membersOf({ errors = [] }: DescribedError): string {
  return errors.map((error) => `\nAmong them: ${textOf(error)}`).join('');
}

/** Under the names that pino's serializer gives them. */
function fieldsOf(error: DescribedError): object {
  const { name, message, code, cause, errors } = error;
  return {
    type: name,
    message,
    code,
    stack: stackOf(error),
    cause: cause && fieldsOf(cause),
    aggregateErrors: errors?.map(fieldsOf),
  };
}
