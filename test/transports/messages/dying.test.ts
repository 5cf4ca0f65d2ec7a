import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { ApiException } from 'nestjs-api-errors';
import { rebuildErrors } from 'nestjs-api-errors/microservices';
import { firstValueFrom, type Observable, timeout } from 'rxjs';
import { keyOf } from './rows.js';
import { built, freePort, grpcClient, grpcOptions, messageClient, transports } from './support.js';

/* A service that is killed in the middle of a call, is not there, or is too slow. */

function says(service: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    service.stdout!.on('data', (chunk: Buffer) => {
      if (String(chunk).includes(text)) {
        resolve();
      }
    });
    service.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)));
  });
}

/** What a call fails with, whose service is killed once it was asked. */
async function killed<T>(options: MicroserviceOptions, call: () => Observable<T>): Promise<string> {
  const service = spawn(
    process.execPath,
    [join(built, 'dying.service.js'), JSON.stringify(options)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  try {
    await says(service, 'ready');
    const asked = says(service, 'called');
    const failed = outcome(call().pipe(timeout(1500), rebuildErrors()));
    await asked;
    service.kill('SIGKILL');
    return await failed;
  } finally {
    service.kill('SIGKILL');
  }
}

async function outcome<T>(call: Observable<T>): Promise<string> {
  const error: unknown = await firstValueFrom(call).catch((caught: unknown) => caught);
  assert.ok(error instanceof ApiException, String(error));
  return keyOf(error);
}

describe('a service that dies in the middle of a call', () => {
  it('is 502 over TCP', async () => {
    const options = transports[0].options(await freePort());
    const client = messageClient(options);
    assert.equal(await killed(options, () => client.send('silent', {})), '502 BAD_GATEWAY');
    await client.close();
  });

  it('is 503 over gRPC', async () => {
    const port = await freePort();
    const client = grpcClient(port);
    const books = client.getService<{ throw(request: object): Observable<unknown> }>('Books');
    assert.equal(
      await killed(grpcOptions(port), () => books.throw({ name: '' })),
      '503 SERVICE_UNAVAILABLE',
    );
    client.close();
  });

  const nats = transports.find(({ name }) => name === 'NATS')!;
  it('is 504 over a broker, which does not know', { skip: nats.skip }, async () => {
    const client = messageClient(nats.options(0));
    assert.equal(
      await killed(nats.options(0), () => client.send('silent', {})),
      '504 GATEWAY_TIMEOUT',
    );
    await client.close();
  });
});

describe('a service that is not there', () => {
  it('is 503 over TCP and gRPC', async () => {
    const port = await freePort();
    const client = messageClient(transports[0].options(port));
    assert.equal(
      await outcome(client.send('silent', {}).pipe(rebuildErrors())),
      '503 SERVICE_UNAVAILABLE',
    );
    const grpc = grpcClient(port);
    const books = grpc.getService<{ throw(request: object): Observable<unknown> }>('Books');
    assert.equal(
      await outcome(books.throw({ name: '' }).pipe(rebuildErrors())),
      '503 SERVICE_UNAVAILABLE',
    );
    grpc.close();
  });
});
