import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { accessSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { GrpcServiceModule } from './grpc.service.js';
import { keyOf, rows } from './rows.js';
import { built, freePort, grpcOptions, startService } from './support.js';

/*
 * A client that is not JavaScript's, and definitions that are not this library's: grpcio of Python, and
 * what protoc makes of google/rpc (Debian: python3-grpcio, python3-protobuf,
 * protobuf-compiler, libprotobuf-dev).
 */

const python = '/usr/bin/python3';

function missing(): string | false {
  try {
    execFileSync(python, ['-c', 'import grpc, google.protobuf'], { stdio: 'ignore' });
    execFileSync('protoc', ['--version'], { stdio: 'ignore' });
    accessSync('/usr/include/google/protobuf/any.proto');
    return false;
  } catch {
    return 'there is no python3-grpcio with python3-protobuf, protobuf-compiler and libprotobuf-dev';
  }
}

/** The modules that protoc makes; google.rpc is put beside the google.protobuf that is installed. */
function compiled(): string {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  const packages = createRequire(join(built, 'python.test.js'));
  const googleapis = join(
    dirname(packages.resolve('@grpc/grpc-js-xds/package.json')),
    'deps/googleapis',
  );
  const protoc = (root: string, ...files: string[]) =>
    execFileSync('protoc', [`-I${root}`, '-I/usr/include', `--python_out=${folder}`, ...files]);
  protoc(googleapis, 'google/rpc/status.proto', 'google/rpc/error_details.proto');
  protoc(join(built, '..'), 'library.proto');
  const share = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";
  writeFileSync(join(folder, 'google/__init__.py'), share);
  writeFileSync(join(folder, 'google/rpc/__init__.py'), '');
  return folder;
}

const NAMES = [
  ...'CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS'.split(' '),
  ...'PERMISSION_DENIED RESOURCE_EXHAUSTED FAILED_PRECONDITION ABORTED OUT_OF_RANGE'.split(' '),
  ...'UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'.split(' '),
];

it("is read by Python's grpcio", { skip: missing() }, async () => {
  const port = await freePort();
  const service = await startService(GrpcServiceModule, grpcOptions(port));
  const folder = compiled();
  try {
    const asked = [...rows.map(({ make }) => keyOf(make())), 'failures', 'error'];
    const script = join(built, '../client.py');
    const { stdout } = await promisify(execFile)(python, [
      script,
      String(port),
      folder,
      JSON.stringify(asked),
    ]);
    const answers = JSON.parse(stdout) as Record<
      string,
      { code: string; details: string; status: [number, string, [string, object][]] }
    >;
    for (const { make, grpc } of rows) {
      const made = make();
      const { code, details, status } = answers[keyOf(made)];
      assert.equal(code, NAMES[grpc - 1]);
      assert.equal(details, made.description);
      const [number, message, [info, retry]] = status;
      assert.deepEqual([number, message], [grpc, made.description]);
      assert.equal(info?.[0], 'google.rpc.ErrorInfo');
      const { reason, domain, metadata } = info[1] as Record<string, Record<string, string>>;
      assert.deepEqual([reason, domain], [made.code, 'library.v1.Books']);
      assert.equal(metadata?.['status'], `${made.getStatus()}`);
      assert.deepEqual(
        retry,
        made.retryAfter === undefined
          ? undefined
          : ['google.rpc.RetryInfo', { retryDelay: `${String(made.retryAfter)}s` }],
      );
    }
    assert.deepEqual(answers['failures']?.status[2][1], [
      'google.rpc.BadRequest',
      { fieldViolations: [{ field: 'items[2].title', description: 'is required' }] },
    ]);
    assert.doesNotMatch(JSON.stringify(answers['error']), /SECRET/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await service.close();
  }
});
