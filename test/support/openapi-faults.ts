import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageFile } from './packages.js';
import type { OpenAPIObject } from '@nestjs/swagger';

const redocly = packageFile('@redocly/cli', 'bin/cli.js');

/** The errors that Redocly's recommended rules find in a document; it asks nothing of a network. */
export async function faultsOf(document: OpenAPIObject): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(document));
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [redocly, 'lint', '--extends=recommended', '--format=json', file],
    {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        REDOCLY_TELEMETRY: 'off',
        REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true',
      },
    },
    // It ends with 1 where there are errors
  ).catch((error: unknown) => error as { stdout: string });
  await rm(folder, { recursive: true });
  const { problems } = JSON.parse(stdout) as {
    problems: { severity: string; ruleId: string; message: string }[];
  };
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ ruleId, message }) => `${ruleId}: ${message}`);
}
