import { isBuiltin } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  metafile: true,
  write: false,
} as const;
const bundling = build({ ...options, entryPoints: ['lib/tools/client/index.ts'] });

async function bundledCode(): Promise<string> {
  const { outputFiles } = await bundling;
  return outputFiles.map((file) => file.text).join('');
}

describe('nestjs-api-errors/client, bundled for a browser', () => {
  it('is under 2.5 kB minified and gzipped', async () => {
    expect(gzipSync(await bundledCode()).length).toBeLessThan(2500);
  });

  it('what only reads errors is under 2 kB', async () => {
    const contents = "export { isApiError, readError } from './lib/tools/client/index.js';";
    const stdin = { contents, resolveDir: process.cwd(), loader: 'ts' } as const;
    const { outputFiles } = await build({ ...options, stdin });
    expect(gzipSync(outputFiles.map((file) => file.text).join('')).length).toBeLessThan(2000);
  });

  it('holds only its own files and what of the contract a client reads, and no package', async () => {
    const { metafile } = await bundling;
    const inputs = Object.entries(metafile.inputs);
    expect(inputs.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        'lib/tools/client/index.ts',
        'lib/contract/challenge/challenge.parser.ts',
      ]),
    );
    for (const [path, { imports }] of inputs) {
      expect(path).toMatch(/^lib\/(?:tools\/client|contract\/(?:challenge|retry))\//);
      expect(imports.filter((file) => file.external || isBuiltin(file.path))).toEqual([]);
    }
  });

  it('exports the documented names', async () => {
    const { metafile } = await bundling;
    const [output] = Object.values(metafile.outputs);
    expect(output?.exports.toSorted()).toEqual([
      'fetchWithRetries',
      'isApiError',
      'isRetryable',
      'parseChallenges',
      'readError',
    ]);
  });

  it('works where only a browser has globals', async () => {
    expect(await bundledCode()).not.toMatch(/\b(?:process|Buffer|require|__dirname|global)\b/);
  });
});
