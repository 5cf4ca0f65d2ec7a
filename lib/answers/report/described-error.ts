import { isError } from '../../contract/exceptions/is-error.js';
import { ExceptionBody } from '../../mapping/http/exception.body.js';
import { isHttpException } from '../../mapping/http/http-shapes.js';
import { zodErrorOf } from '../../mapping/validation/schemas/refused-by-schema.js';
import { printable } from '../../contract/text/printable.js';

/** Errors, in all, that one entry tells of: what was thrown, its causes, and those that it aggregates. */
export const MAX_ERRORS = 20;
/** Characters, in all, of their names, messages and stacks. */
export const MAX_CHARACTERS = 32_000;
const MAX_MESSAGE = 2000;
const MAX_FRAMES = 30;
const MAX_FRAME = 300;
const MAX_NAME = 100;
/** How much of a stack is looked at: 20 MB may be one. */
const MAX_STACK = 100_000;

/** What may be said of a value that is no error: the rest is whatever it carries, a body for instance. */
const TOLD = ['name', 'code', 'status', 'statusCode', 'message'];

/** What a log may have of an error: nothing of what it carries beside its name, message and stack. */
export interface DescribedError {
  readonly name: string;
  readonly message: string;
  /** Its `code`, such as `ECONNREFUSED`. */
  readonly code?: string | number;
  /** The frames of its stack, a line each. */
  readonly frames: readonly string[];
  readonly cause?: DescribedError;
  readonly errors?: readonly DescribedError[];
}

/**
 * Describes what was thrown, with its causes and the errors that it aggregates. Reads whatever it is
 * given, errors whose getters throw and revoked proxies included. Never throws.
 *
 * @internal
 */
export function describeError(thrown: unknown): DescribedError {
  return new Description().of(thrown, true);
}

class Description {
  #errors = MAX_ERRORS;
  #characters = MAX_CHARACTERS;
  readonly #seen = new Set<unknown>();

  of(value: unknown, isThrown = false): DescribedError {
    this.#errors -= 1;
    if (!attempt(() => isError(value))) {
      const name = isThrown ? 'thrown' : labelOf(value);
      return { name, message: this.#take(contentOf(value, isThrown), MAX_MESSAGE), frames: [] };
    }
    this.#seen.add(value);
    const message = textOf(value, 'message');
    const told = healthText(value);
    const code = read(value, 'code');
    return {
      name: this.#take(nameOf(value), MAX_NAME),
      message: this.#take(told === '' ? message : `${message}: ${told}`, MAX_MESSAGE),
      ...(isScalar(code) && { code: typeof code === 'string' ? this.#take(code, MAX_NAME) : code }),
      frames: this.#frames(textOf(value, 'stack'), message),
      ...this.#causes(value),
    };
  }

  #causes(error: unknown): Pick<DescribedError, 'cause' | 'errors'> {
    const own = read(error, 'cause');
    // What nestjs-zod says of an answer that broke its schema
    const cause = own === undefined ? attempt(() => zodErrorOf(error as object)) : own;
    const errors = read(error, 'errors');
    return {
      ...(cause !== undefined && this.#isNew(cause) && { cause: this.of(cause) }),
      ...(attempt(() => Array.isArray(errors)) && { errors: this.#members(errors as unknown[]) }),
    };
  }

  #members(errors: readonly unknown[]): DescribedError[] {
    const described: DescribedError[] = [];
    const length = read(errors, 'length') as number;
    for (let i = 0; i < MAX_ERRORS && i < length; i += 1) {
      const error = read(errors, i);
      if (this.#isNew(error)) {
        described.push(this.of(error));
      }
    }
    return described;
  }

  #isNew(value: unknown): boolean {
    return this.#errors > 0 && this.#characters > 0 && !this.#seen.has(value);
  }

  /** The head of a stack repeats the message, which may have lines that look like frames. */
  #frames(stack: string, message: string): string[] {
    const start = message === '' ? -1 : stack.indexOf(message);
    const from = start === -1 ? 0 : start + message.length;
    return stack
      .slice(from, from + MAX_STACK)
      .split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, MAX_FRAMES)
      .filter((line) => line.length < this.#characters)
      .map((line) => this.#take(line, MAX_FRAME));
  }

  /** A text, as far as there is room for it. */
  #take(text: string, max: number): string {
    const told = this.#characters > 0 ? printable(text, Math.min(max, this.#characters)) : '';
    this.#characters = Math.max(0, this.#characters - told.length);
    return told;
  }
}

/** What a health check found down: of what else an exception's response says, nothing is told. */
function healthText(error: unknown): string {
  const report = attempt(() =>
    isHttpException(error) ? new ExceptionBody(error).healthReport : undefined,
  );
  return report ? (attempt(() => JSON.stringify(report['error'])) ?? '') : '';
}

/** `Error` says less than the class that extends it. */
function nameOf(error: unknown): string {
  const name = textOf(error, 'name');
  return name === '' || name === 'Error' ? classOf(error) || name || 'Error' : name;
}

function labelOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? printable(classOf(value) || 'Object', MAX_NAME)
    : 'value';
}

/** By its prototype: what it says of itself is its content. */
function classOf(value: unknown): string {
  const prototype = attempt(() => Object.getPrototypeOf(value) as unknown);
  return textOf(read(prototype, 'constructor'), 'name');
}

/** A text that was thrown is a message; as a cause it may be anything, a body or a token. */
function contentOf(value: unknown, isThrown: boolean): string {
  switch (typeof value) {
    case 'string':
      return isThrown ? `'${value}'` : `a string of ${value.length} characters`;
    case 'object':
      return value === null ? 'null' : (isThrown ? `${labelOf(value)} ` : '') + fieldsOf(value);
    case 'function':
      return 'a function';
    case 'symbol':
      return 'a symbol';
    default:
      return String(value);
  }
}

function fieldsOf(value: object): string {
  const fields = TOLD.map((key) => [key, read(value, key)] as const)
    .filter(([, field]) => isScalar(field))
    .map(([key, field]) => `${key}: ${typeof field === 'string' ? `'${field}'` : String(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function textOf(value: unknown, key: string): string {
  const text = read(value, key);
  return typeof text === 'string' ? text : '';
}

/** A member of anything; `undefined` where it cannot be read. */
function read(value: unknown, key: string | number): unknown {
  return attempt(() => (value as Record<string | number, unknown> | undefined)?.[key]);
}

function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
