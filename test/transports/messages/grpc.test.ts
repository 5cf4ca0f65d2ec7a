import assert from 'node:assert/strict';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { Metadata } from '@grpc/grpc-js';
import type { INestMicroservice } from '@nestjs/common';
import type { ClientGrpcProxy } from '@nestjs/microservices';
import { ApiException, ResourceNotExistException } from 'nestjs-api-errors';
import { readGrpcError, rebuildErrors, withRebuiltErrors } from 'nestjs-api-errors/grpc';
import protobuf from 'protobufjs';
import { catchError, firstValueFrom, lastValueFrom, type Observable, of, toArray } from 'rxjs';
import { type Gateway, startGateway } from './gateway.js';
import { GrpcServiceModule, GuardedGrpcModule, NamedGrpcServiceModule } from './grpc.service.js';
import { keyOf, rows } from './rows.js';
import { built, freePort, grpcClient, grpcOptions, logged, startService } from './support.js';

/* What a service throws over gRPC, as Google's own definitions read it, and back again. */

interface Reply {
  readonly text: string;
}
type Unary = (request: { name: string }, metadata?: Metadata) => Observable<Reply>;
type Streaming = (requests: Observable<{ name: string }>) => Observable<Reply>;
interface Books {
  readonly throw: Unary;
  readonly watch: Unary;
  readonly guarded: Unary;
  readonly open: Unary;
  readonly upload: Streaming;
  readonly chat: Streaming;
  readonly uploadDirectly: Streaming;
  readonly chatDirectly: Streaming;
}

/** What a call fails with; what it gave before. */
async function failure(calling: Observable<Reply>): Promise<{ error: unknown; got: string[] }> {
  const all = await lastValueFrom(
    calling.pipe(
      catchError((error: unknown) => of({ error })),
      toArray(),
    ),
  );
  const last = all.at(-1);
  const error = last && 'error' in last ? last.error : assert.fail('The call did not fail.');
  return { error, got: all.flatMap((value) => ('text' in value ? [value.text] : [])) };
}

/** google.rpc.Status, read with Google's own definitions. */
function googleStatus(error: unknown): { code: number; message: string; details: Detail[] } {
  const { metadata } = error as { metadata: Metadata };
  const [bytes] = metadata.get('grpc-status-details-bin');
  const status = googleTypes.lookupType('google.rpc.Status').decode(bytes as Buffer);
  // Which decodes google.protobuf.Any by itself
  const { details = [], ...rest } = status.toJSON() as {
    code: number;
    message: string;
    details?: ({ '@type': string } & Readonly<Record<string, unknown>>)[];
  };
  return {
    ...rest,
    details: details.map(({ '@type': type, ...members }) => ({
      name: type.replace('type.googleapis.com/', ''),
      ...members,
    })),
  };
}
type Detail = { readonly name: string } & Readonly<Record<string, unknown>>;

const packages = createRequire(join(built, 'grpc.test.js'));
const googleapis = join(
  dirname(packages.resolve('@grpc/grpc-js-xds/package.json')),
  'deps/googleapis',
);
const googleTypes = new protobuf.Root();
const resolvePath = googleTypes.resolvePath.bind(googleTypes);
googleTypes.resolvePath = (origin, target) =>
  target.startsWith('google/rpc/') ? join(googleapis, target) : resolvePath(origin, target)!;
googleTypes.loadSync(['google/rpc/status.proto', 'google/rpc/error_details.proto'], {
  keepCase: true,
});

async function start(module: Parameters<typeof startService>[0]) {
  const port = await freePort();
  const service = await startService(module, grpcOptions(port));
  const client = grpcClient(port);
  return { service, client, books: client.getService<Books>('Books') };
}

describe('gRPC', () => {
  let service: INestMicroservice;
  let client: ClientGrpcProxy;
  let books: Books;
  let gateway: Gateway;

  before(async () => {
    ({ service, client, books } = await start(GrpcServiceModule));
    gateway = await startGateway((name) => books.throw({ name }).pipe(rebuildErrors()));
  });
  after(async () => {
    await gateway.app.close();
    client.close();
    await service.close();
  });

  const thrownOf = async (name: string) => (await failure(books.throw({ name }))).error;

  for (const { make, type, grpc } of rows) {
    const made = make();
    const name = keyOf(made);
    it(`sends ${name} as status ${grpc}, and gives it back`, async () => {
      const { code, description, retryAfter, members } = made;
      const status = made.getStatus();
      const sent = await thrownOf(name);
      assert.equal((sent as { code: unknown }).code, grpc);
      assert.equal((sent as { details: unknown }).details, description);
      assert.deepEqual(googleStatus(sent), {
        code: grpc,
        message: description,
        details: [
          {
            name: 'google.rpc.ErrorInfo',
            reason: code,
            domain: 'library.v1.Books',
            metadata: {
              status: `${status}`,
              ...(members && { on: members['on'], by: JSON.stringify(members['by']) }),
            },
          },
          ...(retryAfter === undefined
            ? []
            : [{ name: 'google.rpc.RetryInfo', retry_delay: { seconds: String(retryAfter) } }]),
        ],
      });

      const { error } = await failure(books.throw({ name }).pipe(rebuildErrors()));
      assert.ok(error instanceof ApiException, String(error));
      const answer = await gateway.ask(name);
      if (status === 500) {
        assert.equal(keyOf(error), '502 BAD_GATEWAY');
        assert.equal(answer.status, 502);
        assert.match(logged.join('\n'), /The service answered 500 INTERNAL_SERVER_ERROR/);
        return;
      }
      assert.ok(error instanceof type, error.constructor.name);
      assert.deepEqual(
        [keyOf(error), error.description, error.retryAfter, error.members],
        [name, description, retryAfter, members],
      );
      assert.equal(answer.status, status);
      assert.deepEqual(answer.body, { code, description, ...members });
    });
  }

  it('tells of failed parameters', async () => {
    const sent = await thrownOf('failures');
    const violations = googleStatus(sent).details.find(
      ({ name }) => name === 'google.rpc.BadRequest',
    );
    // These definitions are older than `reason`, which comes back below
    assert.deepEqual(violations?.['field_violations'], [
      { field: 'items[2].title', description: 'is required' },
    ]);
    const { error } = await failure(books.throw({ name: 'failures' }).pipe(rebuildErrors()));
    assert.deepEqual((error as ApiException).failures, [
      { parameter: 'items[2].title', rule: 'isDefined', description: 'is required' },
    ]);
    assert.equal(readGrpcError(sent)?.domain, 'library.v1.Books');
  });

  it('is opaque about whatever else is thrown, and lives', async () => {
    for (const name of ['error', 'text', 'nothing', 'null', 'object']) {
      const sent = (await thrownOf(name)) as { code: number; details: string };
      assert.equal(sent.code, 13);
      assert.equal(sent.details, 'The server failed to process the request.');
      assert.doesNotMatch(JSON.stringify(googleStatus(sent)), /SECRET/);
    }
    assert.deepEqual(await firstValueFrom(books.throw({ name: 'good' })), { text: 'good' });
  });

  it('answers streams that fail midway, in either direction', async () => {
    const name = '404 BOOK_NOT_EXIST';
    const rebuilt = withRebuiltErrors(client).getService<Books>('Books');
    const calls: [Observable<Reply>, string[]][] = [
      [rebuilt.watch({ name }), ['first', 'second']],
      [rebuilt.upload(of({ name })), []],
      [rebuilt.chat(of({ name })), ['first']],
    ];
    for (const [call, expected] of calls) {
      const { error, got } = await failure(call);
      assert.deepEqual(got, expected);
      assert.ok(error instanceof ResourceNotExistException, String(error));
    }
  });

  it('answers for handlers that have nothing but the call, which would end the process', async () => {
    const rebuilt = withRebuiltErrors(client).getService<Books>('Books');
    for (const call of [
      rebuilt.uploadDirectly(of({ name: '' })),
      rebuilt.chatDirectly(of({ name: '' })),
    ]) {
      const { error } = await failure(call);
      assert.ok(error instanceof ResourceNotExistException, String(error));
    }
  });

  it('passes RpcException as Nest does; thrown on, it is 502', async () => {
    const sent = (await thrownOf('rpc')) as { code: number; details: string };
    assert.deepEqual([sent.code, sent.details], [9, 'As it is.']);
    const { error } = await failure(books.throw({ name: 'rpc' }).pipe(rebuildErrors()));
    assert.equal((error as { code: number }).code, 9);
    assert.equal((await gateway.ask('rpc')).status, 502);
  });

  it('has a domain and request ids where the application names them', async () => {
    const named = await start(NamedGrpcServiceModule);
    const { error } = await failure(named.books.throw({ name: '404 NOT_FOUND' }));
    const { details } = googleStatus(error);
    assert.equal(details[0]?.['domain'], 'library.example.com');
    assert.match(String(details[1]?.['request_id']), /^[\da-f-]{36}$/);
    assert.ok(
      (await failure(named.books.throw({ name: '404 NOT_FOUND' }).pipe(rebuildErrors())))
        .error instanceof ApiException,
    );
    named.client.close();
    await named.service.close();
  });

  it('guards methods by the token in the metadata of a call', async () => {
    const guarded = await start(GuardedGrpcModule);
    const bearing = (authorization: string) => {
      const metadata = new Metadata();
      metadata.set('authorization', authorization);
      return metadata;
    };
    const request = { name: '' };
    const refused = async (metadata?: Metadata) => {
      const calling = guarded.books.guarded(request, ...(metadata ? [metadata] : []));
      const { error } = await failure(calling.pipe(rebuildErrors()));
      return error instanceof ApiException ? keyOf(error) : String(error);
    };
    assert.equal(await refused(), '401 UNAUTHORIZED');
    assert.equal(await refused(bearing('Basic YTpi')), '401 UNAUTHORIZED');
    assert.equal(await refused(bearing('Bearer')), '400 BAD_REQUEST');
    assert.equal(await refused(bearing('Bearer bad')), '403 FORBIDDEN');
    const good = bearing('Bearer good');
    assert.deepEqual(await firstValueFrom(guarded.books.guarded(request, good)), { text: 'in' });
    assert.deepEqual(await firstValueFrom(guarded.books.throw(request, good)), { text: 'lise' });
    assert.deepEqual(await firstValueFrom(guarded.books.open(request)), { text: 'open' });
    guarded.client.close();
    await guarded.service.close();
  });
});
