import { usedScheme } from '../../contract/challenge/used-scheme.js';
import type { AnyResponse } from '../../nest/response.js';
import type { ErrorOrigin } from '../../mapping/http/nest-exception.mapping.js';
import { frameworkError, isUnknownRoute } from '../../nest/adapter-handlers.js';
import type { AllowedMethods } from '../../nest/allowed-methods.js';
import { passportInfo } from '../../nest/passport.js';
import { type AnyRequest, isAborted, rawRequest, requestTarget } from '../../nest/request.js';
import { type Translate, translationOf } from '../../nest/translation.js';

/** What a request tells of an error that arose in it, looked up where it is asked for. @internal */
export class RequestOrigin implements ErrorOrigin {
  readonly #request: AnyRequest;
  readonly #response: AnyResponse;
  readonly #allowed: AllowedMethods;

  constructor(request: AnyRequest, response: AnyResponse, allowed: AllowedMethods) {
    this.#request = request;
    this.#response = response;
    this.#allowed = allowed;
  }

  get isUnknownRoute(): boolean {
    return isUnknownRoute(this.#request);
  }

  get isMalformed(): boolean {
    return !isDecodable(requestTarget(this.#request));
  }

  get frameworkError(): unknown {
    return frameworkError(this.#request);
  }

  get allowedMethods(): readonly string[] {
    return this.#allowed.of(requestTarget(this.#request));
  }

  get isAborted(): boolean {
    return isAborted(this.#request);
  }

  /** Nothing where the application has challenged by itself: that stays. */
  get passportInfo(): unknown {
    const isChallenged = this.#response.getHeader('www-authenticate') !== undefined;
    return isChallenged ? undefined : passportInfo(this.#request);
  }

  get scheme(): string | undefined {
    return usedScheme(rawRequest(this.#request));
  }

  get translate(): Translate | undefined {
    return translationOf(this.#request);
  }
}

/** Express' router asks what no route of it has a parameter for (RFC 3986 §2.1). */
function isDecodable(target: string): boolean {
  if (!target.includes('%')) {
    return true;
  }
  try {
    decodeURIComponent(target.split('?', 1)[0]!);
    return true;
  } catch {
    return false;
  }
}
