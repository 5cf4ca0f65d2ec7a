import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { AnyResponse } from '../filter/answer.writer.js';
import type { ErrorResponder } from '../filter/error.responder.js';
import type { AnyRequest } from '../filter/request-context.js';
import { markStreamError } from '../mapping/stream-errors.js';

/** A Fastify reply, by what is used of it. */
type Reply = AnyResponse & { readonly raw: ServerResponse; readonly request: AnyRequest };

/** Name of the error handler that a StreamableFile has until it is given another. */
const DEFAULT_HANDLER = 'handleError';

/**
 * Answers errors of the files, generators and web streams that handlers return: as the contract says
 * where nothing was sent, and by cutting the connection where something was. All of them pass through
 * the adapter's `reply()`, as a StreamableFile.
 *
 * @internal
 */
export function answerStreamErrors(adapter: AbstractHttpAdapter, responder: ErrorResponder): void {
  const reply = adapter.reply.bind(adapter) as (...args: unknown[]) => unknown;
  adapter.reply = (response: unknown, body: unknown, status?: number): unknown => {
    if (body instanceof StreamableFile) {
      watch(body, response as ServerResponse | Reply, responder);
    }
    return reply(response, body, status);
  };
}

function watch(
  file: StreamableFile,
  response: ServerResponse | Reply,
  responder: ErrorResponder,
): void {
  if ('raw' in response) {
    watchReply(file, response, responder);
  } else if (file.errorHandler.name === DEFAULT_HANDLER) {
    file.setErrorHandler((error) => {
      markStreamError(error);
      responder.respond(error, response.req, response);
    });
    watchEnd(file.getStream(), response, responder);
  }
}

/** A stream that is destroyed without an error tells nobody that the rest will not come. */
function watchEnd(stream: Readable, response: ServerResponse, responder: ErrorResponder): void {
  const check = () => {
    const isCut = stream.destroyed && !stream.readableEnded && !stream.errored;
    if (isCut && !response.destroyed && !response.writableEnded) {
      responder.respond(
        new Error('The stream was destroyed before its end'),
        response.req,
        response,
      );
    }
  };
  if (stream.destroyed) {
    setImmediate(check);
  } else {
    stream.once('close', check);
  }
}

/** Fastify passes an early error to the filter and cuts the connection for a late one, unseen. */
function watchReply(file: StreamableFile, reply: Reply, responder: ErrorResponder): void {
  const stream = file.getStream();
  markStreamError(stream.errored);
  stream.once('error', (error) => {
    markStreamError(error);
    if (reply.raw.headersSent) {
      responder.respond(error, reply.request, reply);
    }
  });
}
