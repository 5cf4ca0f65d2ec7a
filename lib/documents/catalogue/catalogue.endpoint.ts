import type { OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { HttpResponder } from '../../answers/http/http.responder.js';
import { rowForStatus } from '../../contract/catalogue/status-rows.js';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import { preferredType } from '../../contract/negotiation/accept.js';
import { replyThrough } from '../../nest/adapter-reply.js';
import type { AnyRequest } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import { type CatalogueFormat, catalogueFormats } from './catalogue.formats.js';
import type { CatalogueOptions } from './catalogue.options.js';
import type { CataloguePublisher } from './catalogue.publisher.js';
import { CatalogueRepresentations } from './catalogue.representations.js';
import { isNotModified } from './entity-tag.js';

const formats = Object.keys(catalogueFormats) as CatalogueFormat[];
const types = formats.map((format) => catalogueFormats[format].type);

/** The catalogue changes with a deployment alone; a client may look again after five minutes. */
const CACHE_CONTROL = 'public, max-age=300';

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
    private readonly responder: HttpResponder,
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
    return (request: AnyRequest, response: AnyResponse): void => {
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
    request: AnyRequest,
    response: AnyResponse,
  ): void {
    const { body, tag } = representations.of(format);
    const { httpAdapter } = this.host;
    const isKnown = isNotModified(request.headers['if-none-match'], tag);
    const headers = { etag: tag, 'cache-control': CACHE_CONTROL };
    if (isKnown) {
      replyThrough(httpAdapter, response, 304, headers);
    } else {
      const all = { ...headers, ...catalogueFormats[format].headers };
      replyThrough(httpAdapter, response, 200, all, body);
    }
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
