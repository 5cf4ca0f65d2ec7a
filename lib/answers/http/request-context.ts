import { type AnyRequest, matchedRoute } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import type { RequestContext } from '../report/error-observer.js';
import { type RequestIdOf, requestId } from './request.id.js';

/** The context of a request, looked up where it is asked for. @internal */
export class HttpRequestContext implements RequestContext {
  readonly id: string;
  readonly method: string;
  readonly #request: AnyRequest;

  constructor(request: AnyRequest, response: AnyResponse, idOf: RequestIdOf | undefined) {
    this.id = requestId(request, response, idOf);
    this.method = request.method ?? '-';
    this.#request = request;
  }

  get route(): string | undefined {
    return matchedRoute(this.#request);
  }
}
