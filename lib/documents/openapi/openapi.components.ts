import type { OpenAPIObject } from '@nestjs/swagger';
import type { DeclaredError } from '../declared/declared.error.js';
import type { AnswerSettings } from '../../answers/answer.settings.js';
import { PROBLEM_TYPE } from '../../answers/problem/problem.details.js';
import { errorExamples, errorSchema, sharedSchemas } from './error.schemas.js';
import { problemExamples, problemSchema } from './problem.schemas.js';
import { challengeHeader, sharedHeaders } from './error.headers.js';
import type { ComponentsObject, ReferenceObject, ResponseObject } from './openapi.types.js';

type Headers = NonNullable<ResponseObject['headers']>;

/**
 * Makes the responses of a document, and keeps what they share: an answer that is the same wherever
 * it is given is one component.
 *
 * @internal
 */
export class ErrorComponents {
  readonly #responses: Record<string, ResponseObject> = {};
  /** The error of each of them. */
  readonly #shared = new Map<string, DeclaredError>();
  readonly #openapi: string;
  #tellsNonce = false;

  constructor(
    document: OpenAPIObject,
    private readonly settings: AnswerSettings,
  ) {
    this.#openapi = document.openapi;
  }

  /** The response of one status with these codes. */
  response(status: number, errors: readonly DeclaredError[]): ResponseObject | ReferenceObject {
    const [error] = errors;
    return error && errors.length === 1 && ownChallengeOf(error) === undefined
      ? this.#share(error)
      : this.#make(status, errors);
  }

  /** What the application has of the same name is its own. */
  addTo(components: ComponentsObject = {}): ComponentsObject {
    return {
      ...components,
      schemas: { ...sharedSchemas(this.settings), ...components.schemas },
      headers: { ...this.#headers(), ...components.headers },
      responses: { ...this.#responses, ...components.responses },
    };
  }

  /** A document that speaks of no proofs has no header of theirs. */
  #headers(): ComponentsObject['headers'] {
    const { 'DPoP-Nonce': nonce, ...headers } = sharedHeaders;
    return this.#tellsNonce ? { ...headers, 'DPoP-Nonce': nonce } : headers;
  }

  #share(error: DeclaredError): ResponseObject | ReferenceObject {
    const name = nameOf(error);
    const shared = this.#shared.get(name);
    if (!shared) {
      this.#shared.set(name, error);
      this.#responses[name] = this.#make(error.status, [error]);
    } else if (!isAnsweredAlike(shared, error)) {
      return this.#make(error.status, [error]);
    }
    return { $ref: `#/components/responses/${name}` };
  }

  #make(status: number, errors: readonly DeclaredError[]): ResponseObject {
    this.#tellsNonce ||= errors.some(tellsNonce);
    return {
      description: describe(errors),
      headers: headersOf(status, errors),
      content: {
        'application/json': {
          schema: errorSchema(status, errors, this.settings, this.#openapi),
          examples: errorExamples(errors),
        },
        ...(this.settings.problem && {
          [PROBLEM_TYPE]: {
            schema: problemSchema(status, errors, this.settings, this.#openapi),
            examples: problemExamples(errors),
          },
        }),
      },
    };
  }
}

/** Of two errors of one name: one code may be described in two ways. */
function isAnsweredAlike(a: DeclaredError, b: DeclaredError): boolean {
  return (
    a.description === b.description &&
    isChallenged(a) === isChallenged(b) &&
    tellsNonce(a) === tellsNonce(b)
  );
}

function isChallenged({ challenges }: DeclaredError): boolean {
  return challenges.length > 0;
}

/** Of a guard that demands nonces of its own in proofs. */
function tellsNonce({ challenges }: DeclaredError): boolean {
  return challenges.some((challenge) => challenge.includes('error="use_dpop_nonce"'));
}

function describe(errors: readonly DeclaredError[]): string {
  const [only] = errors;
  return only && errors.length === 1
    ? only.description
    : errors.map(({ code, description }) => `- \`${code}\`: ${description}`).join('\n');
}

function headersOf(status: number, errors: readonly DeclaredError[]): Headers {
  const ref = (name: string) => ({ $ref: `#/components/headers/${name}` });
  const own = errors.map(ownChallengeOf).find((challenge) => challenge !== undefined);
  return {
    'X-Request-Id': ref('X-Request-Id'),
    ...(errors.some(isChallenged) && {
      'WWW-Authenticate': own ? challengeHeader(own) : ref('WWW-Authenticate'),
    }),
    ...(errors.some(tellsNonce) && { 'DPoP-Nonce': ref('DPoP-Nonce') }),
    ...((status === 429 || status === 503 || errors.some(({ retryable }) => retryable)) && {
      'Retry-After': ref('Retry-After'),
    }),
  };
}

/** The challenge that says what a route needs of a token: the scopes, the login. It is the route's own. */
function ownChallengeOf({ challenges }: DeclaredError): string | undefined {
  return challenges.find((challenge) => challenge.includes('error="insufficient_'));
}

/** Two codes of the contract have two statuses, hence both: `BookNotExist404`. */
function nameOf(error: DeclaredError): string {
  const { status, code } = error;
  const words = code.toLowerCase().split('_');
  const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return `${name}${status}${status !== 401 && isChallenged(error) ? 'Challenge' : ''}`;
}
