import { randomUUID } from 'node:crypto';
import type { ArgumentsHost } from '@nestjs/common';
import { usedScheme } from '../../contract/challenge/used-scheme.js';
import { requestBehind, responseBehind } from '../../nest/calls.js';
import {
  isErrorWithProps,
  isGraphqlError,
  type ResolveInfo,
  resolveInfo,
} from '../../nest/graphql.js';
import { passportInfo } from '../../nest/passport.js';
import { type AnyRequest, rawRequest } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import { translationOf } from '../../nest/translation.js';
import type { AnsweredRequest } from '../error.answers.js';
import type { HttpResponder } from '../http/http.responder.js';
import { requestId } from '../http/request.id.js';
import { toFieldError } from './field.error.js';
import { refuseOperation } from './refused-operation.js';

/**
 * What a field of GraphQL is to fail with: an error whose message is the description, with code and
 * status as its `extensions`. graphql-js locates it, and drivers of Nest send it. GraphQL's own errors,
 * thrown by the application, are its word.
 *
 * @internal
 */
export function graphqlError(
  thrown: unknown,
  host: ArgumentsHost,
  responder: HttpResponder,
): unknown {
  if (isGraphqlError(thrown) || isErrorWithProps(thrown)) {
    return thrown;
  }
  const info = resolveInfo(host);
  const request = requestBehind(host);
  const response = responseBehind(host);
  const context = {
    id: idOf(request, response, responder),
    method: info?.operation.operation.toUpperCase() ?? 'GRAPHQL',
    route: info && routeOf(info),
  };
  const origin = request && originOf(request);
  const answer = responder.answerCall(thrown, context, { request, key: info }, origin);
  if (request && response && info) {
    refuseOperation(answer, info, request, response, responder.settings);
  }
  return toFieldError(answer, responder.settings);
}

/** The request behind several errors of an operation has one id. */
function idOf(
  request: AnyRequest | undefined,
  response: AnyResponse | undefined,
  { settings }: HttpResponder,
): string {
  if (!request || !response) {
    return randomUUID();
  }
  const id = requestId(request, response, settings.idOf);
  setId(response, id);
  return id;
}

function setId(response: AnyResponse, id: string): void {
  const raw = 'raw' in response ? response.raw : response;
  if (!raw.headersSent) {
    raw.setHeader('x-request-id', id);
  }
}

/** As the schema names it: `book` of an operation's own fields, `Book.author` of others. */
function routeOf({ path, parentType, fieldName }: ResolveInfo): string {
  return path.prev === undefined ? fieldName : `${parentType.name}.${fieldName}`;
}

function originOf(request: AnyRequest): NonNullable<AnsweredRequest['origin']> {
  return {
    scheme: usedScheme(rawRequest(request)),
    translate: translationOf(request),
    passportInfo: passportInfo(request),
  };
}
