import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Transport } from '@nestjs/microservices';
import { handledEvents, ServiceModule } from './service.js';
import { eventually, messageClient, own, pattern, startService, transports } from './support.js';

const rabbit = transports.find(({ name }) => name === 'RabbitMQ')!;

it('leaves acknowledging to the handler, over RabbitMQ', { skip: rabbit.skip }, async () => {
  const { options } = rabbit.options(0) as { options: object };
  const queue = `${own}.acknowledged`;
  const serviceOptions = { ...options, queue, noAck: false };
  const service = await startService(ServiceModule, {
    transport: Transport.RMQ,
    options: serviceOptions,
  } as never);
  const client = messageClient({
    transport: Transport.RMQ,
    options: { ...options, queue },
  } as never);
  client.emit(pattern('acknowledged'), { name: 'refused once' });
  await eventually(() => handledEvents.length > 1);
  assert.deepEqual(handledEvents, [false, true]);
  await client.close();
  await service.close();
});
