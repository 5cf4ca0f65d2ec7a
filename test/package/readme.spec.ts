import 'reflect-metadata';
import { inspect } from 'node:util';
import * as library from 'nestjs-api-errors';
import { blocksOf, flush, tableOf } from './readme-blocks.js';
import { AppModule } from './readme/bearer.js';
import { defaults } from './readme/options.js';
import { lend } from './readme/own-errors.js';
import { manifest, sourcesOf, textOf } from './sources.js';

const { ErrorsModule } = library;
const readme = textOf('README.md');

describe('the code of the README', () => {
  const sources = Object.values(sourcesOf('test/package/readme')).map(flush);
  const blocks = blocksOf(readme, 'ts').map((block) => [block.trim().split('\n')[0]!, block]);

  it.each(blocks)('is run: %s …', (_first, block) => {
    expect(sources.some((source) => source.includes(flush(block)))).toBe(true);
  });

  it('names the scripts that there are', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
    const named = [...readme.matchAll(/npm (?:run (?:-s )?)?(start|test|tour)\b/g)];
    expect(new Set(named.map((match) => match[1]))).toEqual(new Set(['start', 'test', 'tour']));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test', 'tour']));
  });

  it('has an example of 20 lines', () => {
    expect(blocksOf(readme, 'ts')[0]!.trim().split('\n').length).toBeLessThanOrEqual(20);
  });

  it('makes the exceptions that it shows', () => {
    expect(() => lend(true, new Error('down'))).toThrow('Give back "Dune" first.');
    expect(() => lend(false, new Error('down'))).toThrow(library.ServiceUnavailableException);
    expect(Reflect.getMetadata('imports', AppModule)).toMatchObject([{ module: ErrorsModule }]);
  });
});

describe('the tables of the README', () => {
  const rows = tableOf(readme, ['Status', 'Code', 'Class', 'When']);

  it('list 19 rows', () => expect(rows).toHaveLength(19));

  it.each(rows)('%s %s is what %s makes', (status, code, name) => {
    const { [name as 'ResourceNotExistException']: Exception } = { ...library };
    const exception = new Exception('BOOK');
    expect(`${exception.getStatus()}`).toBe(status);
    expect(exception.code).toBe(code.replace('{RESOURCE}', 'BOOK'));
  });

  it('name the options of the module, with their defaults', () => {
    const listed = tableOf(readme, ['Option', 'Default', '']).map(([path, value]) => [path, value]);
    expect(Object.fromEntries(listed)).toEqual(flat(defaults));
  });

  it('name the versions of package.json', () => {
    const versions = Object.fromEntries(tableOf(readme, ['', '']));
    const { engines } = JSON.parse(textOf('package.json')) as { engines: { node: string } };
    expect(engines.node).toBe('^20.19.0 || ^22.12.0 || >=24');
    expect(versions['Node']).toBe('20.19, 22.12 or 24 and later');
    // The oldest that the whole suite runs on
    const { dependencies } = JSON.parse(textOf('test/nest/11-floor/package.json')) as {
      dependencies: Record<string, string>;
    };
    for (const name of ['@nestjs/common', '@nestjs/core']) {
      expect(manifest.peerDependencies[name]).toBe(`^${dependencies[name]} || ^12.0.0`);
      expect(versions['NestJS']).toContain(`11 (from ${dependencies[name]}) and 12`);
    }
  });
});

/** Options by their path, as the README writes their values. */
function flat(options: object, prefix = ''): Record<string, string> {
  const isGroup = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return Object.assign(
    {},
    ...Object.entries(options).map(([name, value]) =>
      isGroup(value)
        ? flat(value, `${prefix}${name}.`)
        : { [prefix + name]: inspect(value).replace('undefined', '') },
    ),
  ) as Record<string, string>;
}
