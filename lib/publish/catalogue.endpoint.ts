import type { IncomingHttpHeaders } from 'node:http';
import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import { rowForStatus } from '../catalogue/status-rows.js';
import { ApiException } from '../exceptions/api.exception.js';
import type { AnyResponse } from '../filter/answer.writer.js';
import type { ErrorResponder } from '../filter/error.responder.js';
import type { AnyRequest } from '../filter/request-context.js';
import { preferredType } from './accept.js';
import { type CatalogueFormat, catalogueFormats } from './catalogue.formats.js';
import type { CatalogueOptions } from './catalogue.options.js';
import type { CataloguePublisher } from './catalogue.publisher.js';
import { CatalogueRepresentations } from './catalogue.representations.js';
import { isNotModified } from './entity-tag.js';

const formats = Object.keys(catalogueFormats) as CatalogueFormat[];
const types = formats.map((format) => catalogueFormats[format].type);

/** The catalogue changes with a deployment alone; a client may look again after five minutes. */
const CACHE_CONTROL = 'public, max-age=300';

/** The request's headers, as the adapter hands them over. */
type Request = AnyRequest & { readonly headers: IncomingHttpHeaders };

/**
 * Serves the catalogue. A route of the adapter's own rather than a controller's: no guard,
 * interceptor, prefix or version of the application gets in the way, and no document lists it as an
 * operation.
 *
 * @internal
 */
export class CatalogueEndpoint implements OnModuleInit {
  constructor(
    private readonly options: CatalogueOptions | undefined,
    private readonly publisher: CataloguePublisher,
    private readonly host: HttpAdapterHost,
    private readonly responder: ErrorResponder,
  ) {}

  onModuleInit(): void {
    const adapter = this.host.httpAdapter;
    if (!this.options || !adapter) {
      return;
    }
    const { path } = this.options;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const representations = new CatalogueRepresentations(this.publisher, name);
    adapter.get(path, this.#handler(representations));
    for (const format of formats) {
      adapter.get(`${path}.${format}`, this.#handler(representations, format));
    }
  }

  /** Answers with the format, or with the one that the request asks for. */
  #handler(representations: CatalogueRepresentations, format?: CatalogueFormat) {
    return (request: Request, response: AnyResponse): void => {
      try {
        if (!format) {
          // Appended: where CORS is on, the answer varies with Origin too
          this.host.httpAdapter.appendHeader(response, 'vary', 'Accept');
        }
        const chosen = format ?? negotiated(request.headers.accept);
        this.#send(chosen, representations, request, response);
      } catch (error) {
        this.responder.respond(error, request, response);
      }
    };
  }

  #send(
    format: CatalogueFormat,
    representations: CatalogueRepresentations,
    request: Request,
    response: AnyResponse,
  ): void {
    const { body, tag } = representations.of(format);
    const isKnown = isNotModified(request.headers['if-none-match'], tag);
    const headers = { etag: tag, 'cache-control': CACHE_CONTROL };
    if (isKnown) {
      this.#reply(response, 304, headers);
    } else {
      this.#reply(response, 200, { ...headers, ...catalogueFormats[format].headers }, body);
    }
  }

  #reply(
    response: AnyResponse,
    status: number,
    headers: Readonly<Record<string, string>>,
    body?: string,
  ): void {
    const { httpAdapter } = this.host;
    for (const [name, value] of Object.entries(headers)) {
      httpAdapter.setHeader(response, name, value);
    }
    httpAdapter.reply(response, body, status);
  }
}

/** @throws ApiException 406 NOT_ACCEPTABLE */
function negotiated(accept: string | undefined): CatalogueFormat {
  const type = preferredType(accept, types);
  if (type === undefined) {
    throw new ApiException(rowForStatus(406), `The catalogue is ${types.join(', ')}.`);
  }
  return formats[types.indexOf(type)]!;
}
