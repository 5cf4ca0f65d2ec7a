import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ClientProxy } from '@nestjs/microservices';
import { ApiException, ResourceNotExistException } from 'nestjs-api-errors';
import { rebuildErrors, withRebuiltErrors } from 'nestjs-api-errors/microservices';
import { catchError, firstValueFrom, lastValueFrom, of, timeout, toArray } from 'rxjs';
import { type Gateway, startGateway } from './gateway.js';
import { keyOf, LoanOverdueException, type Row, rows } from './rows.js';
import { handledEvents, ServiceModule } from './service.js';
import {
  eventually,
  freePort,
  messageClient,
  logged,
  pattern,
  startService,
  transports,
} from './support.js';

/*
 * What a service throws, on both sides of each of Nest's transports of messages: what is sent, what the
 * caller rebuilds of it, and what a gateway answers with.
 */

const internal = {
  status: 500,
  message: 'The server failed to process the request.',
  code: 'INTERNAL_SERVER_ERROR',
  description: 'The server failed to process the request.',
};

for (const transport of transports) {
  if (transport.skip) {
    it(transport.name, { skip: transport.skip }, () => undefined);
    continue;
  }
  describe(transport.name, () => {
    let service: Awaited<ReturnType<typeof startService>>;
    let client: ClientProxy;
    let gateway: Gateway;

    before(async () => {
      const options = transport.options(await freePort());
      service = await startService(ServiceModule, options);
      client = messageClient(options);
      await client.connect();
      gateway = await startGateway((name) => rebuilt(name));
    });
    after(async () => {
      await gateway?.app.close();
      await client?.close();
      await service?.close();
    });

    const calling = (name: string, data: object) =>
      client.send<unknown>(pattern(name), data).pipe(timeout(5000));
    const rebuilt = (name: string) => calling('throw', { name }).pipe(rebuildErrors());

    /** What a call fails with. */
    const failed = async (name: string, data: object = {}) => {
      try {
        return assert.fail(
          `${name} gave ${JSON.stringify(await firstValueFrom(calling(name, data)))}`,
        );
      } catch (error) {
        return error;
      }
    };
    const thrownOf = async (name: string) => {
      const error = await firstValueFrom(rebuilt(name)).catch((caught: unknown) => caught);
      assert.ok(error instanceof ApiException, String(error));
      return error;
    };

    for (const row of rows) {
      const made = row.make();
      it(`sends ${keyOf(made)}, and gives it back`, () => checkRow(row, failed, thrownOf, gateway));
    }

    it('is opaque about whatever else is thrown, and lives', async () => {
      for (const name of ['error', 'text', 'nothing', 'null', 'object']) {
        assert.deepEqual(await failed('throw', { name }), internal);
        assert.deepEqual(await failed('reject', { name }), internal);
      }
      assert.equal(await firstValueFrom(calling('good', {})), 'good');
    });

    it('sends what a handler gave before it failed midway', async () => {
      const got: unknown[] = [];
      const error: unknown = await lastValueFrom(
        calling('midway', { name: '404 BOOK_NOT_EXIST' }).pipe(
          rebuildErrors(),
          catchError((caught: unknown) => of(caught)),
          toArray(),
        ),
      ).then((all) => {
        got.push(...all.slice(0, -1));
        return all.at(-1);
      });
      assert.deepEqual(got, ['first', 'second']);
      assert.ok(error instanceof ResourceNotExistException);
      assert.equal(error.code, 'BOOK_NOT_EXIST');
    });

    it('sends what validation found', async () => {
      const sent = (await failed('payload')) as Record<string, unknown>;
      assert.equal(sent['status'], 400);
      assert.equal(sent['code'], 'MISSING_PARAMETER');
      assert.equal(sent['description'], 'title is required.');
      const error = await firstValueFrom(calling('payload', {}).pipe(rebuildErrors())).catch(
        (caught: unknown) => caught as ApiException,
      );
      assert.deepEqual((error as ApiException).failures, sent['failures']);
      assert.equal((error as ApiException).failures?.[0]?.parameter, 'title');
    });

    it("gives back an exception of the application's own", async () => {
      const generic = await thrownOf('overdue');
      assert.equal(keyOf(generic), '403 LOAN_OVERDUE');
      assert.deepEqual(generic.members, { loan: 'L-1' });
      const error = await firstValueFrom(
        calling('throw', { name: 'overdue' }).pipe(
          rebuildErrors({ exceptions: [LoanOverdueException] }),
        ),
      ).catch((caught: unknown) => caught);
      assert.ok(error instanceof LoanOverdueException);
      assert.deepEqual(error.members, { loan: 'L-1' });
    });

    it('keeps its own status and message, whatever the members of an exception are called', async () => {
      const sent = (await failed('throw', { name: 'report' })) as Record<string, unknown>;
      assert.equal(sent['status'], 404);
      assert.equal(sent['code'], 'NOT_FOUND');
      assert.equal(sent['message'], 'The requested resource was not found.');
    });

    it('passes RpcException as Nest does, and as it is to whoever called', async () => {
      assert.deepEqual(await failed('rpc-text'), { status: 'error', message: 'As it is.' });
      assert.deepEqual(await failed('rpc-object'), { status: 418, short: true });
      const error: unknown = await firstValueFrom(
        calling('rpc-object', {}).pipe(rebuildErrors()),
      ).catch((caught: unknown) => caught);
      assert.deepEqual(error, { status: 418, short: true });
    });

    it('fails with 502, 503 or 504 where no handler is', async () => {
      const error: unknown = await firstValueFrom(
        client.send<unknown>(pattern('nobody'), {}).pipe(timeout(500), rebuildErrors()),
      ).catch((caught: unknown) => caught);
      assert.ok(error instanceof ApiException, String(error));
      assert.equal(error.getStatus(), transport.nobody);
    });

    it('logs what a handler of events throws, and lives', async () => {
      const wrapped = withRebuiltErrors(client);
      for (const name of ['404 NOT_FOUND', 'error', 'nothing']) {
        handledEvents.length = 0;
        logged.length = 0;
        wrapped.emit(pattern('event'), { name });
        await eventually(() => logged.length > 0);
        assert.deepEqual(handledEvents, [name]);
        assert.match(logged.join('\n'), new RegExp(`EVENT ${pattern('event')} (?:404|500)`));
      }
      logged.length = 0;
      wrapped.emit(pattern('rpc-event'), {});
      await eventually(() => logged.length > 0);
      assert.match(logged.join('\n'), /Lost, but for the log/);
      assert.equal(await firstValueFrom(wrapped.send(pattern('good'), {})), 'good');
    });
  });
}

async function checkRow(
  { make, type }: Row,
  failed: (name: string, data: object) => Promise<unknown>,
  thrownOf: (name: string) => Promise<ApiException>,
  gateway: Gateway,
): Promise<void> {
  const made = make();
  const [status, name] = [made.getStatus(), keyOf(made)];
  const { code, description, retryAfter, members } = made;
  const body = { code, description, ...members };
  assert.deepEqual(await failed('throw', { name }), {
    status,
    message: description,
    ...body,
    ...(retryAfter !== undefined && { retryAfter }),
  });

  const error = await thrownOf(name);
  const answer = await gateway.ask(name);
  const header = answer.headers.get('retry-after');
  assert.equal(header, retryAfter === undefined ? null : String(retryAfter));
  if (status === 500) {
    assert.equal(keyOf(error), '502 BAD_GATEWAY');
    assert.equal(answer.status, 502);
    assert.equal(answer.body['code'], 'BAD_GATEWAY');
    assert.doesNotMatch(JSON.stringify(answer.body), /SECRET|INTERNAL/);
    assert.match(logged.join('\n'), /The service answered 500 INTERNAL_SERVER_ERROR/);
    return;
  }
  assert.ok(error instanceof type, error.constructor.name);
  assert.deepEqual(
    [keyOf(error), error.description, error.retryAfter, error.members],
    [name, description, retryAfter, members],
  );
  assert.equal(answer.status, status);
  assert.deepEqual(answer.body, body);
  assert.equal(answer.headers.get('www-authenticate') !== null, status === 401);
}
