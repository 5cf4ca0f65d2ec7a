import assert from 'node:assert/strict';
import { it } from 'node:test';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { INestApplication } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
import { BooksController, last, paths } from './books.controller.js';
import { made, onEachAdapter, start } from './support.js';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
const tracer = provider.getTracer('neighbours');

/** A span around each request, as instrumentation of the server makes one. */
function traced(app: INestApplication): void {
  app.use((_request: unknown, response: NodeJS.EventEmitter, next: () => void) => {
    const span = tracer.startSpan('request');
    response.once('close', () => span.end());
    context.with(trace.setSpan(context.active(), span), next);
  });
}

onEachAdapter('OpenTelemetry', (platform) => {
  for (const path of paths) {
    it(`the span of /books/${path}`, async () => {
      const module = made({ imports: [ErrorsModule], controllers: [BooksController] });
      const { ask, app } = await start(module, platform, traced);
      exporter.reset();
      const { status, body } = await ask(`/books/${path}`);
      await app.close();
      const [span, ...more] = exporter.getFinishedSpans();
      assert.deepEqual(more, []);
      const isFault = status >= 500;
      assert.equal(span.status.code, isFault ? SpanStatusCode.ERROR : SpanStatusCode.UNSET);
      assert.deepEqual(span.attributes, isFault ? { 'error.type': body['code'] } : {});
      assert.deepEqual(
        span.events.map(({ attributes }) => attributes?.['exception.message']),
        isFault ? [last.error!.message] : [],
      );
    });
  }
});
