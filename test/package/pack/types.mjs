import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { consumer } from './projects.mjs';
import { demand, root, run } from './shell.mjs';

/** Ways in which compilers look for declarations, and the files that each is tried on. */
const resolutions = {
  'commonjs and node10': ['commonjs', 'node10', ['entry-points.ts']],
  node16: ['node16', 'node16', ['entry-points.mts', 'entry-points.cts']],
  nodenext: ['nodenext', 'nodenext', ['entry-points.mts', 'entry-points.cts']],
  bundler: ['esnext', 'bundler', ['entry-points.ts']],
};

const shared = {
  target: 'es2022',
  strict: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  emitDecoratorMetadata: true,
};

/** Every entry point, type-checked with the project's own compiler in each way. */
export function checkEntryPoints(cwd, names = Object.keys(resolutions)) {
  for (const name of names) {
    const [module, moduleResolution, files] = resolutions[name];
    for (const file of files) {
      consumer('entry-points.ts', cwd, file);
    }
    const options = { ...shared, module, moduleResolution, noEmit: true, skipLibCheck: false };
    const faults = compile(cwd, options, files);
    demand(faults.length === 0, `${name}:\n${faults.join('\n')}`);
  }
}

/** Compiles for Node to run: `.ts` as an ES module and as CommonJS. */
export function compileApplications(cwd, files) {
  const outputs = files.flatMap((file) =>
    (file.endsWith('.mts') ? ['mts'] : ['mts', 'cts']).map((extension) => {
      const output = file.replace(/\.m?ts$/, `.${extension}`);
      consumer(file, cwd, output);
      return output;
    }),
  );
  const options = { ...shared, module: 'nodenext', skipLibCheck: true };
  const faults = compile(cwd, options, outputs);
  demand(faults.length === 0, faults.join('\n'));
}

/** What the compiler finds in the files, and in the declarations of this library. */
function compile(cwd, compilerOptions, files) {
  writeFileSync(
    join(cwd, 'tsconfig.consumer.json'),
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        types: ['node', 'jest'],
        typeRoots: [join(root, 'node_modules/@types')],
      },
      files,
    }),
  );
  try {
    run('npx', ['--no-install', 'tsc', '-p', 'tsconfig.consumer.json', '--pretty', 'false'], cwd);
    return [];
  } catch (error) {
    const lines = error.message.split('\n').filter((line) => line.includes('error TS'));
    demand(lines.length > 0, error.message);
    // Nest's declarations name packages that are not installed
    return lines.filter((line) => !line.startsWith('node_modules/') || line.includes('api-errors'));
  }
}
