import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { HttpResponder } from './http.responder.js';
import type { AnyRequest } from '../../nest/request.js';
import { type Reply as AnyReply, rawResponse } from '../../nest/response.js';
import { hasDefaultErrorHandler } from '../../nest/streamable-file.js';
import { watchLength } from './streamed-length.js';
import { markStreamError } from '../../mapping/http/stream-errors.js';

/** A Fastify reply, by what is used of it. */
type Reply = AnyReply & { readonly request: AnyRequest };

/**
 * Answers errors of the files, generators and web streams that handlers return: as the contract says
 * where nothing was sent, and by cutting the connection where something was. All of them pass through
 * the adapter's `reply()`, as a StreamableFile.
 *
 * @internal
 */
export function answerStreamErrors(adapter: AbstractHttpAdapter, responder: HttpResponder): void {
  const reply = adapter.reply.bind(adapter) as (...args: unknown[]) => unknown;
  adapter.reply = (response: unknown, body: unknown, status?: number): unknown => {
    const isFile = body instanceof StreamableFile;
    if (isFile || isStream(body)) {
      const target = response as ServerResponse | Reply;
      const answer = answerOnce(target, responder);
      watchLength(rawResponse(target), answer);
      if (isFile && watch(body, target, answer)) {
        return undefined;
      }
    }
    return reply(response, body, status);
  };
}

type AnswerError = (error: unknown) => void;

/** What breaks a stream may be told in several ways, such as the cut that its answer was. */
function answerOnce(response: ServerResponse | Reply, responder: HttpResponder): AnswerError {
  let isAnswered = false;
  return (error) => {
    if (!isAnswered) {
      isAnswered = true;
      markStreamError(error);
      responder.respond(error, 'raw' in response ? response.request : response.req, response);
    }
  };
}

/** What a handler on Fastify may return as it is. */
function isStream(body: unknown): boolean {
  return typeof (body as Partial<Readable> | null | undefined)?.pipe === 'function';
}

/** @returns whether the file is broken before anything of it was sent, and that was answered */
function watch(
  file: StreamableFile,
  response: ServerResponse | Reply,
  answer: AnswerError,
): boolean {
  if ('raw' in response) {
    watchReply(file, response, answer);
    return false;
  }
  if (!hasDefaultErrorHandler(file)) {
    return false;
  }
  const stream = file.getStream();
  if (stream.destroyed && !stream.readableEnded) {
    // Nest 11 before 11.2 would destroy the response with it
    answer(stream.errored ?? brokenOff());
    return true;
  }
  file.setErrorHandler(answer);
  watchEnd(stream, response, answer);
  return false;
}

function brokenOff(): Error {
  return new Error('The stream was destroyed before its end');
}

/** A stream that is destroyed without an error tells nobody that the rest will not come. */
function watchEnd(stream: Readable, response: ServerResponse, answer: AnswerError): void {
  stream.once('close', () => {
    const isCut = !stream.readableEnded && !stream.errored;
    if (isCut && !response.destroyed && !response.writableEnded) {
      answer(brokenOff());
    }
  });
}

/** Fastify passes an early error to the filter and cuts the connection for a late one, unseen. */
function watchReply(file: StreamableFile, reply: Reply, answer: AnswerError): void {
  const stream = file.getStream();
  markStreamError(stream.errored);
  stream.once('error', (error) => {
    markStreamError(error);
    if (reply.raw.headersSent) {
      answer(error);
    }
  });
}
