import type { HttpException } from '@nestjs/common';
import { contractRows } from '../../contract/catalogue/contract-rows.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import { type ErrorMapper, MapErrors } from '../error-mapper.js';
import { isHttpException } from '../http/http-shapes.js';
import { causeOf, connectionStatus, type ErrorLike } from './failed-connection.js';
import { answerOf, type UpstreamAnswer } from './upstream.answer.js';
import {
  readUpstreamOptions,
  type UpstreamOptions,
  type UpstreamSettings,
} from './upstream.options.js';

const MAX_CAUSES = 5;

/**
 * A mapper of what the clients of other services throw: 503 where a service cannot be reached or is
 * busy, with its `Retry-After`, 502 where it broke off or failed, 504 where it did not answer in time,
 * 500 where it refused what this API asked for. Nothing that it answered is told to the caller, all of
 * it goes to the log. For an application whose connections are all to services that it depends on, as
 * proxies may repeat a request over these.
 *
 * Errors are known by their structure, through their causes: of Node, fetch and undici, axios,
 * @nestjs/axios, got, ky, rxjs, gRPC, the AWS SDK 3, openai and the clients made as it is, Redis, NATS,
 * amqplib and BullMQ.
 *
 * @example `ErrorsModule.forRoot({ mappers: [upstreamErrors()] })`
 * @throws TypeError where an option is wrong.
 * @publicApi
 */
export function upstreamErrors(options: UpstreamOptions = {}): ErrorMapper {
  return new UpstreamErrors(readUpstreamOptions(options));
}

@MapErrors((error) => isObject(error) && !isHttpException(error))
class UpstreamErrors implements ErrorMapper<object> {
  constructor(private readonly settings: UpstreamSettings) {}

  toException(thrown: object): HttpException | undefined {
    let error: unknown = thrown;
    for (let depth = 0; depth < MAX_CAUSES && isObject(error); depth += 1) {
      const answer = answerOf(error);
      if (answer) {
        return this.#answered(answer, thrown);
      }
      const status = connectionStatus(error);
      if (status !== undefined) {
        return new ApiException(rowForStatus(status), { cause: thrown });
      }
      error = causeOf(error);
    }
    return undefined;
  }

  #answered(answer: UpstreamAnswer, cause: object): HttpException {
    const { status, retryAfter } = answer;
    const own = this.settings.statuses[status];
    return (
      this.#passedOn(answer, cause) ??
      (own ? new own({ cause }) : undefined) ??
      (status === 429 || status === 503
        ? new ApiException(contractRows.serviceUnavailable, {
            cause,
            ...(retryAfter !== undefined && { retryAfter }),
          })
        : new ApiException(rowForStatus(status < 500 ? 500 : status === 504 ? 504 : 502), {
            cause,
          }))
    );
  }

  /** The one thing of an answer that a caller is told: what the application names. */
  #passedOn({ status, body }: UpstreamAnswer, cause: object): ApiException | undefined {
    const { code, description } = Object(body) as { code?: unknown; description?: unknown };
    return typeof code === 'string' &&
      typeof description === 'string' &&
      this.settings.passOn.includes(code)
      ? new ApiException({ ...rowForStatus(status), code }, description, { cause })
      : undefined;
  }
}

function isObject(value: unknown): value is ErrorLike & object {
  return typeof value === 'object' && value !== null;
}
