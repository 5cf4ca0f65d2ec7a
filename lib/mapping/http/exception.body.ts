import { STATUS_CODES } from 'node:http';
import type { HttpException } from '@nestjs/common';
import { toDescription } from '../../contract/catalogue/description.js';
import { isErrorCode } from '../../contract/catalogue/error-code.js';
import type { Members } from '../../contract/exceptions/api-exception.options.js';

/** Where applications put codes of their own, the likeliest first. */
const CODES = ['code', 'errorCode', 'error_code', 'reason', 'error'] as const;

/** What Nest's pipes say: `Validation failed (numeric string is expected)`, `File is required`. */
const OF_PIPE = /^(?:Validation failed \((.+)\)|File is required)$/;

/** Node's text of a failed call of the file system: `ENOENT: no such file or directory, stat '/srv/…'`. */
const OF_SYSTEM = /\bE[A-Z]{2,}\d?: [^']*, [a-z]+ '/;

/** Several words are not said by accident. */
const CODE_AS_MESSAGE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** What the response of one of Nest's exceptions says, by what is known of such responses. @internal */
export class ExceptionBody {
  readonly #exception: HttpException;
  readonly #body: Readonly<Record<string, unknown>>;

  constructor(exception: HttpException) {
    const response = exception.getResponse();
    this.#exception = exception;
    this.#body = typeof response === 'string' ? { message: response, error: '' } : { ...response };
  }

  /** The code that the application gave: Nest's `errorCode`, one in its body, or its message. */
  get code(): string | undefined {
    const { errorCode } = this.#exception as { errorCode?: unknown };
    const message = this.#text;
    return [errorCode, ...CODES.map((name) => this.#body[name]), codeIn(message)].find(isErrorCode);
  }

  /** Whether it is a list of messages, or several by property: what validation answers with. */
  get isList(): boolean {
    const { message } = this.#body;
    return Array.isArray(message) || (typeof message === 'object' && message !== null);
  }

  /** Whether it is in the words of one of Nest's pipes. */
  get isOfPipe(): boolean {
    return typeof this.#text === 'string' && OF_PIPE.test(this.#text);
  }

  /** What was said for people; `undefined` where that is what a status, or the file system, says. */
  get description(): string | undefined {
    const text = this.#body['description'] ?? this.#text;
    if (typeof text !== 'string' || codeIn(text) !== undefined || this.#isDefault(text)) {
      return undefined;
    }
    const description = toDescription(OF_PIPE.exec(text)?.[1] ?? text);
    return description !== undefined && OF_SYSTEM.test(description) ? undefined : description;
  }

  /** What @nestjs/terminus found of what the application depends on: meant for whoever asks. */
  get healthReport(): Members | undefined {
    const { status, info, error, details } = this.#body;
    const isReport =
      typeof status === 'string' && [info, error, details].every((part) => isObject(part));
    return isReport ? { status, info, error, details } : undefined;
  }

  get #text(): unknown {
    const { message } = this.#body;
    return this.isList
      ? Object.values(message as object)
          .flat()
          .join('; ')
      : message;
  }

  /** Without a message of its own an exception says the reason phrase, or its name and that. */
  #isDefault(text: string): boolean {
    const phrase = STATUS_CODES[this.#exception.getStatus()];
    return (
      (!('error' in this.#body) && text === phrase) || text === `${this.#exception.name}: ${phrase}`
    );
  }
}

function codeIn(text: unknown): string | undefined {
  return typeof text === 'string' && CODE_AS_MESSAGE.test(text) ? text : undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
