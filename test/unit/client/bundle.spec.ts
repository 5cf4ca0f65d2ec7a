import { isBuiltin } from 'node:module';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const bundling = build({
  entryPoints: ['lib/client/index.ts'],
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  metafile: true,
  write: false,
});

async function bundledCode(): Promise<string> {
  const { outputFiles } = await bundling;
  return outputFiles.map((file) => file.text).join('');
}

describe('nestjs-api-errors/client, bundled for a browser', () => {
  it('is under 2 kB minified and gzipped', async () => {
    expect(gzipSync(await bundledCode()).length).toBeLessThan(2048);
  });

  it('holds only its own files and the challenge parser, and no package', async () => {
    const { metafile } = await bundling;
    const inputs = Object.entries(metafile.inputs);
    expect(inputs.map(([path]) => path)).toEqual(
      expect.arrayContaining(['lib/client/index.ts', 'lib/challenge/challenge.parser.ts']),
    );
    for (const [path, { imports }] of inputs) {
      expect(path).toMatch(/^lib\/(?:client|challenge)\//);
      expect(imports.filter((file) => file.external || isBuiltin(file.path))).toEqual([]);
    }
  });

  it('exports the documented names', async () => {
    const { metafile } = await bundling;
    const [output] = Object.values(metafile.outputs);
    expect(output?.exports.toSorted()).toEqual(['isApiError', 'parseChallenges', 'readError']);
  });

  it('works where only a browser has globals', async () => {
    expect(await bundledCode()).not.toMatch(/\b(?:process|Buffer|require|__dirname|global)\b/);
  });
});
