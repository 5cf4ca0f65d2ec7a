import { readFileSync } from 'node:fs';

const { compilerOptions } = JSON.parse(readFileSync(new URL('tsconfig.json', import.meta.url)));

/** The sources of the entry points, as the compiler knows them. */
const entryPoints = Object.fromEntries(
  Object.entries(compilerOptions.paths).map(([name, [path]]) => [`^${name}$`, `<rootDir>/${path}`]),
);

/** The copies of this project that run on other versions of Nest, and among other packages. */
const apart = [
  'test/nest/',
  'test/neighbours/packages/',
  'test/neighbours/upstream/',
  'test/databases/',
  'test/transports/messages/',
  'test/transports/clients/',
].map((folder) => `<rootDir>/${folder}`);

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  modulePathIgnorePatterns: apart,
  testPathIgnorePatterns: apart,
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    ...entryPoints,
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
          keepClassNames: true,
        },
        module: { type: 'es6' },
      },
    ],
  },
  testTimeout: 60_000,
  // The default leaves one core of two idle
  maxWorkers: '100%',
};
