import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { BullModule, getQueueToken, Processor, WorkerHost } from '@nestjs/bullmq';
import { All, Controller, Inject, Injectable, Req, Res } from '@nestjs/common';
import { EventEmitter2, EventEmitterModule, OnEvent } from '@nestjs/event-emitter';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { DelayedError, type Job, type Queue, QueueEvents, UnrecoverableError } from 'bullmq';
import { ErrorDescriber } from 'nestjs-api-errors';
import { readSocketError } from 'nestjs-api-errors/websockets';
import { z } from 'zod';
import { OPAQUE, rows, SECRET, unknown } from './rows.js';
import { eventually, start } from './support.js';

const redis = process.env['TEST_REDIS_URL'];

@Processor('unused')
class LoansProcessor extends WorkerHost {
  constructor(@Inject(ErrorDescriber) private readonly errors: ErrorDescriber) {
    super();
  }

  async process({ data }: Job<{ row?: number; unknown?: number; kind?: string }>): Promise<void> {
    try {
      if (data.kind === 'unrecoverable') {
        throw new UnrecoverableError(SECRET);
      }
      throw data.row === undefined ? unknown[data.unknown!] : rows[data.row]![2]();
    } catch (error) {
      throw this.errors.toFailure(error, 'loans');
    }
  }
}

describe('a processor of BullMQ', { skip: redis === undefined && 'no TEST_REDIS_URL' }, () => {
  const running = async () => {
    const name = `loans-${randomUUID()}`;
    class OwnProcessor extends LoansProcessor {}
    Inject(ErrorDescriber)(OwnProcessor, undefined as never, 0);
    Processor(name)(OwnProcessor);
    const { hostname: host, port } = new URL(redis!);
    const connection = { host, port: Number(port || 6379) };
    const started = await start({
      imports: [BullModule.forRoot({ connection }), BullModule.registerQueue({ name })],
      providers: [OwnProcessor],
    });
    const queue = started.app.get<Queue>(getQueueToken(name));
    const events = new QueueEvents(name, { connection });
    await events.waitUntilReady();
    const run = async (data: object, options: object = {}): Promise<Job> => {
      const job = await queue.add('lend', data, options);
      await job.waitUntilFinished(events, 10_000).catch(() => undefined);
      return (await queue.getJob(job.id!)) as Job;
    };
    const end = async () => {
      await events.close();
      await queue.obliterate({ force: true });
    };
    return { ...started, run, end };
  };

  it('keeps the code of each row in the failed reason, and in the log', async () => {
    const { run, end, told, log } = await running();
    for (const [row, [, code]] of rows.entries()) {
      const { failedReason } = await run({ row });
      assert.ok(failedReason.startsWith(`${code}: `), failedReason);
      assert.ok(!failedReason.includes('password'));
    }
    assert.deepEqual(
      told.map(({ code, request }) => [code, `${request.method} ${request.route}`]),
      rows.map(([, code]) => [code, 'TASK loans']),
    );
    assert.ok(log.some((line) => line.includes('TASK loans 500 INTERNAL_SERVER_ERROR')));
    await end();
  });

  it('keeps nothing of what is no exception, and tries again unless it was told not to', async () => {
    const { run, end } = await running();
    for (const index of unknown.keys()) {
      const { failedReason, stacktrace } = await run({ unknown: index });
      assert.equal(failedReason, `INTERNAL_SERVER_ERROR: ${OPAQUE}`);
      assert.ok(!JSON.stringify(stacktrace).includes(SECRET));
    }
    const again = await run({ row: 0 }, { attempts: 2 });
    assert.equal(again.attemptsMade, 2);
    const once = await run({ kind: 'unrecoverable' }, { attempts: 2 });
    assert.deepEqual(
      [once.attemptsMade, once.failedReason],
      [1, `INTERNAL_SERVER_ERROR: ${OPAQUE}`],
    );
    await end();
  });
});

describe('toFailure()', () => {
  it('leaves what processors throw to have a job wait', async () => {
    const { app, told } = await start({});
    const delayed = new DelayedError();
    assert.equal(app.get(ErrorDescriber).toFailure(delayed, 'loans'), delayed);
    assert.deepEqual(told, []);
  });
});

@Injectable()
class LoansListener {
  constructor(@Inject(ErrorDescriber) private readonly errors: ErrorDescriber) {}

  @OnEvent('book.lent')
  handle(index: number): void {
    try {
      throw rows[index]![2]();
    } catch (error) {
      this.errors.describe(error, 'book.lent');
    }
  }
}

describe('a handler of events', () => {
  it('has the code of each row in the log', async () => {
    const { app, told, log } = await start({
      imports: [EventEmitterModule.forRoot()],
      providers: [LoansListener],
      options: {
        log: { 401: 'warn', 400: 'warn', 403: 'warn', 404: 'warn', 409: 'warn', 410: 'warn' },
      },
    });
    for (const row of rows.keys()) {
      app.get(EventEmitter2).emit('book.lent', row);
    }
    await eventually(() => told.length === rows.length);
    assert.deepEqual(
      told.map(({ code }) => code),
      rows.map(([, code]) => code),
    );
    for (const [status, code] of rows) {
      assert.ok(
        log.some((line) => line.includes(`TASK book.lent ${status} ${code}`)),
        code,
      );
    }
  });
});

@Controller('mcp')
class McpController {
  constructor(@Inject(ErrorDescriber) private readonly errors: ErrorDescriber) {}

  @All()
  async handle(@Req() request: never, @Res() response: never): Promise<void> {
    const server = new McpServer({ name: 'books', version: '1.0.0' });
    const inputSchema = { row: z.number(), isUnknown: z.boolean() };
    server.registerTool('lend', { inputSchema }, ({ row, isUnknown }) => {
      try {
        throw isUnknown ? unknown[row] : rows[row]![2]();
      } catch (error) {
        return this.errors.toToolResult(error, 'lend');
      }
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport as never);
    const { body } = request as { body: unknown };
    await transport.handleRequest(request, response, body);
  }
}

describe('a tool of MCP, over its HTTP transport', () => {
  const running = async () => {
    const started = await start({ controllers: [McpController] });
    const client = new Client({ name: 'test', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(new URL(`${started.url}/mcp`)) as never);
    const call = async (row: number, isUnknown = false) =>
      (await client.callTool({
        name: 'lend',
        arguments: { row, isUnknown },
      })) as CallToolResult;
    return { ...started, call, client };
  };

  it('tells each row as an error result with code and description', async () => {
    const { call, client } = await running();
    for (const [row, [status, code]] of rows.entries()) {
      const { isError, structuredContent, content } = await call(row);
      assert.equal(isError, true);
      assert.deepEqual([structuredContent!['status'], structuredContent!['code']], [status, code]);
      const [part] = content as [{ type: string; text: string }];
      assert.deepEqual(JSON.parse(part.text), structuredContent);
      assert.equal(readSocketError(structuredContent)?.code, code);
    }
    await client.close();
  });

  it('tells nothing of what is no exception', async () => {
    const { call, client, told } = await running();
    for (const index of unknown.keys()) {
      const result = await call(index, true);
      assert.deepEqual(result.structuredContent, {
        code: 'INTERNAL_SERVER_ERROR',
        description: OPAQUE,
        status: 500,
      });
      assert.ok(!JSON.stringify(result).includes(SECRET));
    }
    assert.equal(told.length, unknown.length);
    await client.close();
  });
});
