import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { folderOf } from './application.folder.js';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));

const options: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
  skipLibCheck: true,
  types: ['node'],
};

/** The shop as an application of its own, with this package installed in it. */
function newShop(): string {
  const folder = folderOf({});
  cpSync(fileURLToPath(new URL('shop', import.meta.url)), folder, { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/nestjs-api-errors'));
  return folder;
}

/** What the compiler says, once it has compiled these files beside themselves. */
function compile(folder: string, names: readonly string[]): string[] {
  const program = ts.createProgram(
    names.map((name) => join(folder, name)),
    { ...options, outDir: join(folder, 'dist'), rootDir: folder },
  );
  program.emit();
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** Starts a compiled file, asks it, and ends it. */
async function answersOf(file: string, paths: readonly string[]) {
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    let log = '';
    child.stderr.on('data', (chunk) => (log += String(chunk)));
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        const found = /^http\S+$/m.exec(String(chunk));
        if (found) {
          resolve(found[0]);
        }
      });
      child.once('exit', () => reject(new Error(log)));
    });
    const responses = await Promise.all(paths.map((path) => fetch(url + path)));
    const answers = await Promise.all(
      responses.map(async (response) => ({
        status: response.status,
        body: (await response.json()) as Record<string, unknown>,
      })),
    );
    return { answers, log };
  } finally {
    child.kill();
  }
}

describe('what --write makes of an application compiles and starts', () => {
  const folder = newShop();
  const command = join(root, 'dist/cli.mjs');

  let written: string;
  let faults: readonly string[];

  beforeAll(async () => {
    // As it is installed, in the folder that it is started in
    const run = promisify(execFile);
    const { stdout } = await run(process.execPath, [command, 'adopt', '--write'], { cwd: folder });
    written = stdout;
    faults = compile(folder, ['express.ts', 'fastify.ts']);
  }, 60_000);

  it('without a fault', () => {
    expect(written.match(/^ +\d+ {2}written .*$/gm)).toHaveLength(3);
    expect(faults).toEqual([]);
  });

  it('on Express, with the errors in its document', async () => {
    const { answers, log } = await answersOf(join(folder, 'dist/express.js'), [
      '/goods/taken',
      '/goods/one',
      '/docs-json',
    ]);
    const [taken, one, document] = answers;
    expect(taken).toEqual({
      status: 409,
      body: { code: 'GOOD_TAKEN', description: expect.any(String) },
    });
    expect(one).toMatchObject({ status: 400, body: { code: 'INVALID_PARAMETER' } });
    expect(document!.body).toHaveProperty(['paths', '/goods/{id}', 'get', 'responses', '400']);
    expect(log).toBe('');
  });

  it('on Fastify, whose router answers as well', async () => {
    const { answers, log } = await answersOf(join(folder, 'dist/fastify.js'), [
      '/goods/taken',
      `/goods/${'1'.repeat(101)}`,
    ]);
    expect(answers[0]).toMatchObject({ status: 409, body: { code: 'GOOD_TAKEN' } });
    expect(Object.keys(answers[1]!.body)).toEqual(['code', 'description']);
    // No warning that the options are missing
    expect(log).toBe('');
  });
});
