import { adopt, folderOf, saidOf, type Sources, writtenOf } from './application.folder.js';

const main = `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';

void NestFactory.create(AppModule).then((app) => app.listen(3000));
`;

describe('--write adds ErrorsModule to the root module', () => {
  it.each([
    [
      'in a list on one line',
      `import { Module } from '@nestjs/common';

@Module({ imports: [GoodsModule], providers: [] })
export class AppModule {}
`,
      `import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';

@Module({ imports: [ErrorsModule, GoodsModule], providers: [] })
export class AppModule {}
`,
    ],
    [
      'in a list on several lines, in double quotes without semicolons, indented by tabs',
      `import { Module } from "@nestjs/common"
import {
	GoodsModule,
} from "./goods" // all of them
@Module({
	imports: [
		// first
		GoodsModule,
	],
})
export class AppModule {}
`,
      `import { Module } from "@nestjs/common"
import {
	GoodsModule,
} from "./goods" // all of them
import { ErrorsModule } from "nestjs-api-errors"
@Module({
	imports: [
		// first
		ErrorsModule,
		GoodsModule,
	],
})
export class AppModule {}
`,
    ],
    [
      'in a file with CRLF and without spaces in braces',
      `import {Module} from '@nestjs/common';\r\n\r\n@Module({\r\n  imports: [\r\n    GoodsModule\r\n  ]\r\n})\r\nexport class AppModule {}\r\n`,
      `import {Module} from '@nestjs/common';\r\nimport {ErrorsModule} from 'nestjs-api-errors';\r\n\r\n@Module({\r\n  imports: [\r\n    ErrorsModule,\r\n    GoodsModule\r\n  ]\r\n})\r\nexport class AppModule {}\r\n`,
    ],
    [
      'beside an import of types alone',
      `import { Module } from '@nestjs/common';
import type { ErrorMapper } from 'nestjs-api-errors';
@Module({ imports: [A] }) export class AppModule {}
`,
      `import { Module } from '@nestjs/common';
import type { ErrorMapper } from 'nestjs-api-errors';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule, A] }) export class AppModule {}
`,
    ],
    [
      'in a file with a byte order mark',
      `\uFEFFimport { Module } from '@nestjs/common';
@Module({ imports: [A] }) export class AppModule {}`,
      `\uFEFFimport { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule, A] }) export class AppModule {}`,
    ],
    [
      'in an empty list',
      `import { Module } from '@nestjs/common';
@Module({ imports: [] }) export class AppModule {}`,
      `import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule] }) export class AppModule {}`,
    ],
    [
      'where there are no imports',
      `import { Module } from '@nestjs/common';
@Module({
  providers: [],
})
export class AppModule {}
`,
      `import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({
  imports: [ErrorsModule],
  providers: [],
})
export class AppModule {}
`,
    ],
    [
      'where there is nothing',
      `import { Module } from '@nestjs/common';
@Module({})
export class AppModule {}
`,
      `import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule] })
export class AppModule {}
`,
    ],
    [
      'beside what the file imports of the package already',
      `import { Module } from '@nestjs/common';
import { NotFoundException } from 'nestjs-api-errors';
@Module({ imports: [A, B] })
export class AppModule {}
`,
      `import { Module } from '@nestjs/common';
import { ErrorsModule, NotFoundException } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule, A, B] })
export class AppModule {}
`,
    ],
  ])('%s', async (_where, before, after) => {
    const sources = { 'src/main.ts': main, 'src/app.module.ts': before };
    expect(await writtenOf(sources)).toEqual({ ...sources, 'src/app.module.ts': after });
  });
});

const plainModule = `import { Module } from '@nestjs/common';
@Module({ imports: [] })
export class AppModule {}
`;

describe('the root module is the one that NestFactory.create() is given', () => {
  const expected = plainModule
    .replace(';', `;\nimport { ErrorsModule } from 'nestjs-api-errors';`)
    .replace('[]', '[ErrorsModule]');

  it.each<[string, string, Sources]>([
    ['by another name', `import { AppModule as Root } from './app.module';\n create(Root)`, {}],
    ['through a barrel', `import { AppModule } from './index';\n create(AppModule)`, {}],
    ['as a namespace', `import * as app from './app.module';\n create(app.AppModule)`, {}],
    ['made', `import { AppModule } from './app.module';\n create(AppModule.forRoot({}))`, {}],
    ['with types', `import { AppModule } from './app.module';\n create<App>(AppModule, {})`, {}],
    [
      'in a file that listens, whatever scripts make',
      `import { AppModule } from './app.module';\n create(AppModule).then((app) => app.listen(1))`,
      {
        'src/seed.ts': `import { NestFactory } from '@nestjs/core';
          import { Module } from '@nestjs/common';
          @Module({ imports: [] }) class SeedModule {}
          void NestFactory.create(SeedModule);`,
      },
    ],
  ])('%s', async (_how, given, more) => {
    const sources = {
      'src/main.ts': `import { NestFactory } from '@nestjs/core';\n${given.replace(' create', 'NestFactory.create')}`,
      'src/index.ts': `export * from './app.module';`,
      'src/app.module.ts': plainModule,
      ...more,
    };
    expect(await writtenOf(sources)).toEqual({ ...sources, 'src/app.module.ts': expected });
  });

  it('where no file listens, as in a function of a cloud', async () => {
    const sources = {
      'main.ts': main.replace('.then((app) => app.listen(3000))', ''),
      'app.module.ts': plainModule,
    };
    expect((await writtenOf(sources))['app.module.ts']).toBe(expected);
  });
});

describe('nothing is written', () => {
  const listening = `import { FastifyAdapter } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
${main}
const adapter = new FastifyAdapter();
const document = SwaggerModule.createDocument(app, config);
`;

  it.each([
    ['where the imports are no list', `@Module({ imports: modules })`],
    ['where a spread may bring imports', `@Module({ ...metadata })`],
    ['where the metadata are elsewhere', `@Module(metadata)`],
  ])('%s: all of it is said, to be done by hand', async (_where, decorator) => {
    const sources = {
      'src/main.ts': listening,
      'src/app.module.ts': `import { Module } from '@nestjs/common';\n${decorator} export class AppModule {}`,
    };
    expect(await writtenOf(sources)).toEqual(sources);
    const said = await saidOf(sources, '--write');
    expect(said.map(({ kind, written }) => `${kind} ${written}`)).toEqual([
      'module false',
      'fastify false',
      'document false',
    ]);
    expect(said[0]).toMatchObject({ file: 'src/app.module.ts', line: 2 });
    expect(said[0]!.text).toMatch(/by hand/);
  });

  it('where the name is something else', async () => {
    const text = `import { Module } from '@nestjs/common';
import { ErrorsModule } from './errors.module';
@Module({ imports: [ErrorsModule] })
export class AppModule {}
`;
    const sources = { 'main.ts': main, 'app.module.ts': text };
    expect(await writtenOf(sources)).toEqual(sources);
    const [said] = await saidOf(sources);
    expect(said!.text).toMatch(/by hand: ErrorsModule is something else in this file/);
  });

  it('unless it is asked for', async () => {
    const sources = { 'main.ts': main, 'app.module.ts': plainModule };
    const folder = folderOf(sources);
    expect((await adopt(folder)).out).toContain('--write makes 1 of these changes.');
    expect((await adopt(folder)).out).toContain('add ErrorsModule to the imports of AppModule');
  });

  it('where any module imports ErrorsModule, with options or without', async () => {
    const core = `import { Module } from '@nestjs/common';
import { ErrorsModule } from 'nestjs-api-errors';
@Module({ imports: [ErrorsModule.forRoot({ strict: true })] })
export class CoreModule {}
`;
    const sources = { 'main.ts': main, 'app.module.ts': plainModule, 'core.module.ts': core };
    expect(await writtenOf(sources)).toEqual(sources);
    expect((await adopt(folderOf(sources))).out).toBe('Nothing is left to do.\n');
  });

  it('into tests', async () => {
    const sources = {
      'main.ts': '',
      'app.e2e-spec.ts': `import { FastifyAdapter } from '@nestjs/platform-fastify';\nnew FastifyAdapter();`,
    };
    expect(await writtenOf(sources)).toEqual(sources);
  });
});

describe('--write gives Fastify its options', () => {
  it.each([
    ['new FastifyAdapter()', 'new FastifyAdapter(fastifyErrorOptions())'],
    ['new FastifyAdapter', 'new FastifyAdapter(fastifyErrorOptions())'],
    ['new FastifyAdapter({})', 'new FastifyAdapter({ ...fastifyErrorOptions() })'],
    [
      'new FastifyAdapter({ logger: true })',
      'new FastifyAdapter({ ...fastifyErrorOptions(), logger: true })',
    ],
    [
      'new FastifyAdapter({\n  logger: true,\n})',
      'new FastifyAdapter({\n  ...fastifyErrorOptions(),\n  logger: true,\n})',
    ],
  ])('%s', async (before, after) => {
    const file = (made: string, imported: string) =>
      `import { FastifyAdapter } from '@nestjs/platform-fastify';\n${imported}export const adapter = ${made};\n`;
    expect(await writtenOf({ 'main.ts': file(before, '') })).toEqual({
      'main.ts': file(after, `import { fastifyErrorOptions } from 'nestjs-api-errors';\n`),
    });
  });

  it.each(['new FastifyAdapter(options)', 'new FastifyAdapter({ frameworkErrors })'])(
    '%s is left to be done by hand',
    async (made) => {
      const text = `import { FastifyAdapter } from '@nestjs/platform-fastify';\n${made};`;
      expect(await writtenOf({ 'main.ts': text })).toEqual({ 'main.ts': text });
      expect((await adopt(folderOf({ 'main.ts': text }))).out).toMatch(/2 {2}change .*by hand/);
    },
  );

  it('of Nest’s adapter alone', async () => {
    const text = `import { FastifyAdapter } from './own';\nnew FastifyAdapter();`;
    expect(await saidOf({ 'main.ts': text })).toEqual([]);
  });
});

describe('--write completes the OpenAPI document', () => {
  const file = (made: string, imported = '') =>
    `import { SwaggerModule } from '@nestjs/swagger';\n${imported}${made}\n`;

  it.each([
    [
      'const document = SwaggerModule.createDocument(app, config);',
      'const document = documentErrors(SwaggerModule.createDocument(app, config), app);',
    ],
    [
      'SwaggerModule.setup("docs", api, () => SwaggerModule.createDocument(api, config));',
      'SwaggerModule.setup("docs", api, () => documentErrors(SwaggerModule.createDocument(api, config), api));',
    ],
  ])('%s', async (before, after) => {
    const imported = `import { documentErrors } from 'nestjs-api-errors/swagger';\n`;
    expect(await writtenOf({ 'main.ts': file(before) })).toEqual({
      'main.ts': file(after, imported),
    });
  });

  it('where nothing else does so', async () => {
    const text = file(
      'const document = SwaggerModule.createDocument(app, config);\nserve(documentErrors(document, app));',
      `import { documentErrors } from 'nestjs-api-errors/swagger';\n`,
    );
    expect(await saidOf({ 'main.ts': text })).toEqual([]);
  });
});

it('--write puts several changes into one file', async () => {
  const file = (imported: string, imports: string, adapter: string) =>
    `import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
${imported}@Module({ imports: [${imports}] })
class AppModule {}
void NestFactory.create(AppModule, new FastifyAdapter(${adapter}));
`;
  expect(await writtenOf({ 'main.ts': file('', '', '') })).toEqual({
    'main.ts': file(
      `import { ErrorsModule, fastifyErrorOptions } from 'nestjs-api-errors';\n`,
      'ErrorsModule',
      'fastifyErrorOptions()',
    ),
  });
});
