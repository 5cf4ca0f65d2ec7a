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
  'contract/process-wide.ts': '',
  'contract/catalogue/rows.ts': '',
  'contract/challenge/challenge.ts': '',
  'contract/exceptions/api.exception.ts': '',
  'nest/request.ts': '',
  'mapping/exception.mapper.ts': '',
  'mapping/http/http-shapes.ts': '',
  'tokens/token-verifier.ts': '',
  'tokens/jwt/index.ts': '',
  'tokens/jwt/verifier.ts': '',
  'access/guard/bearer.guard.ts': '',
  'answers/answer.ts': '',
  'answers/http/errors.filter.ts': '',
  'documents/declared/throws.decorator.ts': '',
  'documents/openapi/document-errors.ts': '',
  'tools/client/index.ts': '',
  'tools/cli/main.ts': '',
};

describe('the import check', () => {
  it.each([
    [
      'contract/exceptions/api.exception.ts',
      `import type { Challenge } from '../challenge/challenge.js'`,
    ],
    ['mapping/http/http-shapes.ts', `import { m } from '../exception.mapper.js'`],
    ['answers/http/errors.filter.ts', `import { m } from '../../mapping/exception.mapper.js'`],
    ['answers/http/errors.filter.ts', `import { toAnswer } from '../answer.js'`],
    ['errors.module.ts', `import { ErrorsFilter } from './answers/http/errors.filter.js'`],
    ['tokens/jwt/verifier.ts', `import type { V } from '../token-verifier.js'`],
    ['tools/cli/main.ts', `import { d } from '../../documents/openapi/document-errors.js'`],
    ['mapping/exception.mapper.ts', `import { STATUS_CODES } from 'node:http'`],
    ['tools/client/index.ts', `export { parse } from '../../contract/challenge/challenge.js'`],
    ['nest/request.ts', `let path: import('path-to-regexp').Path`],
    ['tools/cli/main.ts', 'await import(pathOf(entry))'],
    ['tools/cli/main.ts', `import type ts from 'typescript'`],
  ])('lets %s say %s', (path, text) => {
    expect(importFaults({ ...files, [path]: text }, declared)).toEqual([]);
  });

  it.each([
    [
      'a package in a pure folder',
      'contract/challenge/challenge.ts',
      `import { Logger } from '@nestjs/common'`,
      /may not reach/,
    ],
    [
      'a Node module in a pure folder',
      'contract/catalogue/rows.ts',
      `import { inspect } from 'util'`,
      /module of Node/,
    ],
    [
      'a Node module in the client',
      'tools/client/index.ts',
      `const { Agent } = await import('node:http')`,
      /module of Node/,
    ],
    [
      'Nest in the client',
      'tools/client/index.ts',
      `import '../../contract/exceptions/api.exception.js'`,
      /wrong way/,
    ],
    [
      'an import upwards',
      'contract/exceptions/api.exception.ts',
      `import type { BearerGuard } from '../../access/guard/bearer.guard.js'`,
      /wrong way/,
    ],
    [
      'Nest’s insides where tokens are verified',
      'tokens/token-verifier.ts',
      `import type { AnyRequest } from '../nest/request.js'`,
      /wrong way/,
    ],
    [
      'the wing beside',
      'access/guard/bearer.guard.ts',
      `export { toAnswer } from '../../answers/answer.js'`,
      /wrong way/,
    ],
    [
      'the composition root',
      'access/guard/bearer.guard.ts',
      `import { ErrorsModule } from '../../errors.module.js'`,
      /wrong way/,
    ],
    [
      'an entry point from its own wing',
      'tokens/token-verifier.ts',
      `import('./jwt/verifier.js')`,
      /wrong way/,
    ],
    [
      'an entry point from another wing',
      'documents/declared/throws.decorator.ts',
      `import { d } from '../openapi/document-errors.js'`,
      /wrong way/,
    ],
    [
      'an entry point from another one',
      'tools/client/index.ts',
      `import { v } from '../../tokens/jwt/verifier.js'`,
      /wrong way/,
    ],
    [
      'an entry point from the root',
      'index.ts',
      `export { v } from './tokens/jwt/verifier.js'`,
      /wrong way/,
    ],
    ['the tools from the root', 'index.ts', `export { v } from './tools/cli/main.js'`, /wrong way/],
    [
      'a package of another folder',
      'access/guard/bearer.guard.ts',
      `import { ValidationError } from 'class-validator'`,
      /may not reach/,
    ],
    [
      'the same in a type',
      'answers/http/errors.filter.ts',
      `let error: import('class-validator').ValidationError`,
      /may not reach/,
    ],
    [
      'a value of a package whose types may be named',
      'nest/request.ts',
      `import { match } from 'path-to-regexp'`,
      /may not reach/,
    ],
    [
      'a value of a package that it is handed',
      'tools/cli/main.ts',
      `import ts from 'typescript'`,
      /may not reach/,
    ],
    [
      'the same by require',
      'answers/http/errors.filter.ts',
      `const validator = require('class-validator')`,
      /may not reach/,
    ],
    [
      'the same by import =',
      'answers/http/errors.filter.ts',
      `import validator = require('class-validator')`,
      /may not reach/,
    ],
    [
      'a name computed at run time',
      'answers/http/errors.filter.ts',
      'await import(name)',
      /may not reach/,
    ],
    [
      'a deep path of Nest',
      'answers/http/errors.filter.ts',
      `import { x } from '@nestjs/core/router/x.js'`,
      /deep path/,
    ],
    [
      'what is not declared',
      'answers/http/errors.filter.ts',
      `import { of } from 'rxjs'`,
      /no peer dependency/,
      ['@nestjs/common'],
    ],
    ['a parent barrel', 'errors.module.ts', `import { ErrorsModule } from './index.js'`, /barrel/],
    [
      'the barrel of its own folder',
      'tokens/jwt/verifier.ts',
      `import { x } from './index.js'`,
      /barrel/,
    ],
    ['a star', 'tokens/jwt/index.ts', `export * from './verifier.js'`, /list the names/],
    [
      'a named star',
      'tokens/jwt/index.ts',
      `export * as all from './verifier.js'`,
      /list the names/,
    ],
    ['no extension', 'tokens/jwt/index.ts', `import { v } from './verifier'`, /no source/],
    ['a file that is not there', 'tokens/jwt/index.ts', `import './gone.js'`, /no source/],
    ['a folder without a rule', 'graphql/index.ts', `import 'graphql'`, /does not know/],
    [
      'a file that imports itself',
      'tokens/jwt/verifier.ts',
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
        'access/dpop/a.ts': `import type { B } from '../guard/b.js'`,
        'access/guard/b.ts': `import type { C } from './c.js'`,
        'access/guard/c.ts': `import type { A } from '../dpop/a.js'`,
      },
      declared,
    );
    expect(faults).toEqual([
      'cycle: access/dpop/a.ts → access/guard/b.ts → access/guard/c.ts → access/dpop/a.ts',
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
