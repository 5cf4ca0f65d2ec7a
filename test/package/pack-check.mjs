import { rmSync } from 'node:fs';
import { checkContents, checkDocumentation, pack } from './pack/contents.mjs';
import { checkBrands, checkCopies } from './pack/copies.mjs';
import { checkBuilt, checkBundled, checkCommand, checkTypes } from './pack/generated.mjs';
import { checkImportCost } from './pack/import-cost.mjs';
import {
  addLibrary,
  consumer,
  emptyProject,
  folder,
  generatedProject,
  install,
  installed,
} from './pack/projects.mjs';
import { bin, root, run, step } from './pack/shell.mjs';
import { checkEntryPoints, compileApplications } from './pack/types.mjs';

/*
 * What `npm pack` packs, looked into and then used as its users do: beside Nest 11.0.1, in what `nest
 * new` of Nest 11 and of Nest 12 generates, by ES modules and by CommonJS, with and without what is
 * optional. Needs the npm registry.
 */

const optional = ['class-validator', 'class-transformer'];

/** The least of everything that the README names. */
const floor = [
  '@nestjs/common@11.0.1',
  '@nestjs/core@11.0.1',
  '@nestjs/platform-express@11.0.1',
  '@nestjs/platform-fastify@11.0.3',
  '@nestjs/swagger@11.0.1',
  'class-transformer@0.5.1',
  'class-validator@0.14.1',
  'reflect-metadata@0.2.0',
  'rxjs@7.8.0',
  'typescript@5.7.2',
  '@types/jest@30',
  '@types/node@20',
];

async function checkApplications(cwd, platforms) {
  for (const file of ['app.mjs', 'app.cjs']) {
    for (const platform of platforms) {
      // oxlint-disable-next-line no-await-in-loop -- a step after the other
      await step(`  ${file} on ${platform}`, () => run(process.execPath, [file, platform], cwd));
    }
  }
}

function checkBare(cwd) {
  for (const file of ['bare.mjs', 'bare.cjs']) {
    consumer(file, cwd);
    run(process.execPath, [file], cwd);
  }
}

async function checkEleven(tarball) {
  const cwd = await step('nest new, of Nest 11', () => generatedProject('nest-11', 11));
  addLibrary(cwd);
  await step('  npm install', () => install(cwd, [tarball]));
  console.log(`    Nest ${installed(cwd, '@nestjs/core')}`);
  await step('  without optional packages', () => checkBare(cwd));
  await step('  nest build, and start', () => checkBuilt(cwd));
  await step('  npx nestjs-api-errors', () => checkCommand(cwd));
  await step('  nest build --webpack with nothing external', () => checkBundled(cwd));
  await step('  types of its tests', () => checkTypes(cwd));
  await step('  npm test', () => run('npm', ['test'], cwd));
  await step('  npm run test:e2e', () => run('npm', ['run', 'test:e2e'], cwd));
  await step('  npm install of optional packages', () =>
    install(cwd, ['@nestjs/platform-fastify@11', '@nestjs/swagger@11', ...optional]),
  );
  await step('  compile', () => compileApplications(cwd, ['app.ts']));
  await checkApplications(cwd, ['express', 'fastify']);
}

async function checkTwelve(tarball) {
  const cwd = await step('nest new, of Nest 12', () => generatedProject('nest-12', 12));
  addLibrary(cwd, '.js');
  await step('  npm install', () => install(cwd, [tarball]));
  console.log(`    Nest ${installed(cwd, '@nestjs/core')}`);
  await step('  the declarations are documented', () => checkDocumentation(cwd));
  await step('  the cost of importing', () => checkImportCost(cwd));
  await step('  without optional packages', () => checkBare(cwd));
  await step('  nest build, and start', () => checkBuilt(cwd));
  await step('  npx nestjs-api-errors', () => checkCommand(cwd));
  await step('  types of its tests', () => checkTypes(cwd));
  await step('  npm run test:e2e, with Vitest', () => run('npm', ['run', 'test:e2e'], cwd));
  await step('  npm install of optional packages, and Jest', () =>
    install(cwd, [
      '@nestjs/platform-fastify@12',
      '@nestjs/swagger@12',
      ...optional,
      'jest@30',
      '@types/jest@30',
      '@swc/core',
      '@swc/jest',
    ]),
  );
  await step('  Jest', () => {
    consumer('generated/jest.config.js', cwd, 'jest.config.js');
    run(process.execPath, ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js'], cwd);
  });
  await step('  compile', () => compileApplications(cwd, ['app.ts']));
  await checkApplications(cwd, ['express', 'fastify']);
  await step('  types of every entry point', () => checkEntryPoints(cwd, ['nodenext', 'bundler']));
}

async function checkFloor(tarball) {
  const cwd = emptyProject('floor');
  await step('the least that is supported: Nest 11.0.1, TypeScript 5.7', () =>
    install(cwd, [tarball, ...floor]),
  );
  await step('  types of every entry point', () => checkEntryPoints(cwd));
  await step('  compile', () => compileApplications(cwd, ['app.ts', 'copies.mts']));
  await checkApplications(cwd, ['express', 'fastify']);
  await step('  two copies in one process', () => checkCopies(cwd));
  await step('  copies that do not share a brand are noticed', () => checkBrands(cwd));
}

try {
  const packed = await step('npm pack', pack);
  await step('the tarball holds the package and nothing else', () => checkContents(packed));
  await step('publint', () => run(bin('publint'), ['run', packed.tarball, '--strict'], root));
  await step('are the types wrong', () =>
    run(bin('attw'), [packed.tarball, '--profile', 'strict'], root),
  );
  await checkFloor(packed.tarball);
  await checkEleven(packed.tarball);
  await checkTwelve(packed.tarball);
} finally {
  if (process.env.KEEP === undefined) {
    rmSync(folder, { recursive: true, force: true });
  } else {
    console.log(folder);
  }
}
