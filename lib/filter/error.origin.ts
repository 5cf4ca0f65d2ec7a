import type { IncomingMessage } from 'node:http';
import type { ErrorOrigin } from '../mapping/http-exception.mapping.js';
import type { AllowedMethods } from '../routes/allowed-methods.js';
import type { AnyRequest } from './request-context.js';

// Set by Nest's router on requests that pipes refused (@nestjs/core, rejected-by-pipes)
const REJECTED_BY_PIPES = Symbol.for('nestjs:rejected-by-pipes');

/** What a request tells of an error that arose in it, looked up where it is asked for. @internal */
export class RequestOrigin implements ErrorOrigin {
  readonly #request: AnyRequest;
  readonly #allowed: AllowedMethods;

  constructor(request: AnyRequest, allowed: AllowedMethods) {
    this.#request = request;
    this.#allowed = allowed;
  }

  get unknownRouteMessage(): string {
    return `Cannot ${this.#request.method} ${this.#target}`;
  }

  get allowedMethods(): readonly string[] {
    return this.#allowed.of(this.#target);
  }

  get rejectedByPipes(): boolean {
    return REJECTED_BY_PIPES in this.#request;
  }

  get aborted(): boolean {
    const raw = (this.#request.raw ?? this.#request) as Partial<IncomingMessage>;
    return raw.destroyed === true && raw.complete === false;
  }

  get #target(): string {
    return this.#request.originalUrl ?? this.#request.url ?? '';
  }
}
