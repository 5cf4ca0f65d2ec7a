import type { AddressInfo } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ErrorsModule } from 'nestjs-api-errors';
import { CALL, type Call, GatewayController } from './service.js';
import { CollectingLogger } from './support.js';

/** An HTTP gateway in front of a service. */
export interface Gateway {
  readonly app: INestApplication;
  ask(name: string): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }>;
}

export async function startGateway(call: Call): Promise<Gateway> {
  const module = {
    module: class GatewayModule {},
    imports: [ErrorsModule.forRoot({ body: { failures: true }, undeclared: 'ignore' })],
    controllers: [GatewayController],
    providers: [{ provide: CALL, useValue: call }],
  };
  const app = await NestFactory.create(module, {
    logger: new CollectingLogger(),
    abortOnError: false,
  });
  await app.listen(0, '127.0.0.1');
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return {
    app,
    async ask(name) {
      const url = `http://127.0.0.1:${port}/call/${encodeURIComponent(name)}`;
      const response = await fetch(url);
      const { status, headers } = response;
      return { status, headers, body: (await response.json()) as Record<string, unknown> };
    },
  };
}
