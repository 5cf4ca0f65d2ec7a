import { importFaults } from './import-checker.js';
import { importsOf } from './import-reader.js';
import { manifest, sourcesOf } from './sources.js';

const sources = sourcesOf('lib');
const declared = Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
const LIMIT = 250;

describe('the sources of lib/', () => {
  it('import in one direction, what is declared and allowed', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(50);
    expect(importFaults(sources, declared)).toEqual([]);
  });

  it.each(Object.entries(sources))('%s has 250 lines at most', (_path, text) => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(LIMIT);
  });
});

const files = {
  'index.ts': '',
  'errors.module.ts': '',
  'catalogue/rows.ts': '',
  'challenge/challenge.ts': '',
  'exceptions/api.exception.ts': '',
  'bearer/bearer.guard.ts': '',
  'mapping/exception.mapper.ts': '',
  'filter/errors.filter.ts': '',
  'jwt/index.ts': '',
  'jwt/verifier.ts': '',
  'client/index.ts': '',
};

describe('the import check', () => {
  it.each([
    ['catalogue/rows.ts', `import type { Challenge } from '../challenge/challenge.js'`],
    ['catalogue/rows.ts', `import { type Challenge } from '../challenge/challenge.js'`],
    ['exceptions/api.exception.ts', `import { rows } from '../catalogue/rows.js'`],
    ['filter/errors.filter.ts', `import { ExceptionMapper } from '../mapping/exception.mapper.js'`],
    ['errors.module.ts', `import { ErrorsFilter } from './filter/errors.filter.js'`],
    [
      'jwt/verifier.ts',
      `import { jwtVerify } from 'jose'; import { BearerGuard } from '../bearer/bearer.guard.js'`,
    ],
    ['mapping/exception.mapper.ts', `import { STATUS_CODES } from 'node:http'`],
    ['client/index.ts', `export { parse } from '../challenge/challenge.js'`],
  ])('lets %s say %s', (path, text) => {
    expect(importFaults({ ...files, [path]: text }, declared)).toEqual([]);
  });

  it.each([
    [
      'a value across the pure folders',
      'catalogue/rows.ts',
      `import { build } from '../challenge/challenge.js'`,
      /import type/,
    ],
    [
      'a package in a pure folder',
      'challenge/challenge.ts',
      `import { Logger } from '@nestjs/common'`,
      /may not reach/,
    ],
    [
      'a Node module in a pure folder',
      'catalogue/rows.ts',
      `import { inspect } from 'util'`,
      /module of Node/,
    ],
    [
      'a Node module in the client',
      'client/index.ts',
      `const { Agent } = await import('node:http')`,
      /module of Node/,
    ],
    [
      'Nest in the client',
      'client/index.ts',
      `import '../exceptions/api.exception.js'`,
      /wrong way/,
    ],
    [
      'an import against the flow',
      'exceptions/api.exception.ts',
      `import type { BearerGuard } from '../bearer/bearer.guard.js'`,
      /wrong way/,
    ],
    [
      'a stage beside',
      'bearer/bearer.guard.ts',
      `export { ExceptionMapper } from '../mapping/exception.mapper.js'`,
      /wrong way/,
    ],
    [
      'the composition root',
      'bearer/bearer.guard.ts',
      `import { ErrorsModule } from '../errors.module.js'`,
      /wrong way/,
    ],
    [
      'an entry point from a stage',
      'bearer/bearer.guard.ts',
      `import('../jwt/verifier.js')`,
      /wrong way/,
    ],
    [
      'an entry point from another',
      'client/index.ts',
      `import { v } from '../jwt/verifier.js'`,
      /wrong way/,
    ],
    [
      'an entry point from the root',
      'index.ts',
      `export { v } from './jwt/verifier.js'`,
      /wrong way/,
    ],
    [
      'a package of another entry point',
      'bearer/bearer.guard.ts',
      `import { jwtVerify } from 'jose'`,
      /may not reach/,
    ],
    [
      'the same in a type',
      'filter/errors.filter.ts',
      `let keys: import('jose').JSONWebKeySet`,
      /may not reach/,
    ],
    [
      'the same by require',
      'filter/errors.filter.ts',
      `const jose = require('jose')`,
      /may not reach/,
    ],
    [
      'the same by import =',
      'filter/errors.filter.ts',
      `import jose = require('jose')`,
      /may not reach/,
    ],
    [
      'a name computed at run time',
      'filter/errors.filter.ts',
      'await import(name)',
      /may not reach/,
    ],
    [
      'a deep path of Nest',
      'filter/errors.filter.ts',
      `import { x } from '@nestjs/core/router/x.js'`,
      /deep path/,
    ],
    [
      'what is not declared',
      'filter/errors.filter.ts',
      `import { of } from 'rxjs'`,
      /no peer dependency/,
      ['@nestjs/common'],
    ],
    ['a parent barrel', 'errors.module.ts', `import { ErrorsModule } from './index.js'`, /barrel/],
    ['the barrel of its own folder', 'jwt/verifier.ts', `import { x } from './index.js'`, /barrel/],
    ['a star', 'jwt/index.ts', `export * from './verifier.js'`, /list the names/],
    ['a named star', 'jwt/index.ts', `export * as all from './verifier.js'`, /list the names/],
    ['no extension', 'jwt/index.ts', `import { v } from './verifier'`, /no source/],
    ['a file that is not there', 'jwt/index.ts', `import { v } from './gone.js'`, /no source/],
    ['a folder without a rule', 'graphql/index.ts', `import { v } from 'graphql'`, /does not know/],
    [
      'a file that imports itself',
      'jwt/verifier.ts',
      `import type { v } from './verifier.js'`,
      /^cycle/,
    ],
  ])('finds %s', (_what, path, text, fault, packages: string[] = declared) => {
    expect(importFaults({ ...files, [path]: text }, packages)).toContainEqual(
      expect.stringMatching(fault),
    );
  });

  it('finds a cycle through several files and folders, once', () => {
    const faults = importFaults(
      {
        'catalogue/a.ts': `import type { B } from '../challenge/b.js'`,
        'challenge/b.ts': `import type { C } from './c.js'`,
        'challenge/c.ts': `import type { A } from '../catalogue/a.js'`,
      },
      declared,
    );
    expect(faults).toEqual([
      'cycle: catalogue/a.ts → challenge/b.ts → challenge/c.ts → catalogue/a.ts',
    ]);
  });
});

describe('the reader of imports', () => {
  it.each([
    [`import a from 'x'`, { specifier: 'x', typeOnly: false, star: false }],
    [`import type a from 'x'`, { specifier: 'x', typeOnly: true, star: false }],
    [`import { type a, b } from 'x'`, { specifier: 'x', typeOnly: false, star: false }],
    [`import 'x'`, { specifier: 'x', typeOnly: false, star: false }],
    [`import {} from 'x'`, { specifier: 'x', typeOnly: false, star: false }],
    [`export type { a } from 'x'`, { specifier: 'x', typeOnly: true, star: false }],
    [`export * from 'x'`, { specifier: 'x', typeOnly: false, star: true }],
    ['import(`x`)', { specifier: 'x', typeOnly: false, star: false }],
  ])('reads %s', (text, found) => {
    expect(importsOf(text)).toEqual([found]);
  });

  it.each([['export const a = 1'], [`// import 'x'`], [`const text = "import 'x'"`]])(
    'finds none in %s',
    (text) => {
      expect(importsOf(text)).toEqual([]);
    },
  );
});
