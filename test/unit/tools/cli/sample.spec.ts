import { fileURLToPath } from 'node:url';
import type { OpenAPIObject } from '@nestjs/swagger';
import { runCommand } from '../../../../lib/tools/cli/command.js';
import type { PublishedCatalogue } from '../../../../lib/documents/catalogue/published-catalogue.js';

const entry = fileURLToPath(new URL('../../../../sample-app/offline.module.ts', import.meta.url));

async function run(...args: string[]) {
  const written = { out: '', err: '' };
  const code = await runCommand(args, {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    in: async () => '',
  });
  return { code, ...written };
}

describe('the command on the sample, with neither its database nor its issuer', () => {
  it('writes the catalogue', async () => {
    const { code, out, err } = await run('catalogue', entry);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const { errors } = JSON.parse(out) as PublishedCatalogue;
    const found = errors.find((error) => error.code === 'BOOK_ALREADY_EXIST');
    expect(found).toMatchObject({ status: 409, operations: ['POST /books'] });
  });

  it('writes the OpenAPI document', async () => {
    const { out } = await run('catalogue', '--format', 'openapi', entry);
    const { paths } = JSON.parse(out) as OpenAPIObject;
    expect(Object.keys(paths['/books']!.post!.responses)).toEqual(
      expect.arrayContaining(['201', '400', '401', '403', '409', '413', '415', '500', '503']),
    );
  });

  it('finds its catalogue tidy', async () => {
    expect(await run('lint', entry)).toEqual({ code: 0, out: '', err: '' });
  });
});
