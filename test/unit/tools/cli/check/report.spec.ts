import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { folderOf } from '../adopt/application.folder.js';
import { applicationOf, check } from './checked.folder.js';
import { largeApplication } from './large.application.js';

const source = `import { Controller, Get } from '@nestjs/common';
import { ConflictException, DeletedException, Throws } from 'nestjs-api-errors';
import { Books } from './books.service';

@Controller('books')
export class A {
  constructor(private readonly books: Books) {}

  @Get(':id')
  @Throws(DeletedException)
  find() {
    return this.books.find();
  }
}
`;
const service = `import { ConflictException } from 'nestjs-api-errors';
export class Books {
  find() { return assertFree(); }
}
function assertFree() {
  throw new ConflictException();
}
`;

let folder: string;
beforeAll(() => {
  folder = applicationOf({ 'src/a.controller.ts': source, 'src/books.service.ts': service });
});

describe('check', () => {
  test('says where, what and how it gets there, with the line of code', async () => {
    expect(await check(folder)).toEqual({
      code: 1,
      err: '',
      out: `src/a.controller.ts:11:3  error  A.find throws 409 CONFLICT, which it does not declare
  a.controller.ts:12 → Books.find → assertFree (books.service.ts:6)
  11 |   find() {
     |   ^^^^

src/a.controller.ts:10:11  error  A.find declares 410 DELETED, which nothing throws
  10 |   @Throws(DeletedException)
     |           ^^^^^^^^^^^^^^^^

1 handlers, 1 undeclared, 1 never thrown, 0 declared by a guard alone, 0 not followed
`,
    });
  });

  test('--json has every handler with what it throws and declares', async () => {
    const { code, out } = await check('--json', folder);
    expect(code).toBe(1);
    const { routes, findings } = JSON.parse(out) as { routes: unknown[]; findings: unknown[] };
    expect(routes).toEqual([
      {
        name: 'A.find',
        route: 'GET /books/:id',
        file: 'src/a.controller.ts',
        line: 11,
        column: 3,
        declares: ['410 DELETED'],
        throws: [
          {
            status: 409,
            code: 'CONFLICT',
            evidence: 'a.controller.ts:12 → Books.find → assertFree (books.service.ts:6)',
          },
        ],
      },
    ]);
    expect(findings).toHaveLength(2);
  });

  test('--format github annotates the lines of a pull request', async () => {
    const { out } = await check('--format', 'github', folder);
    expect(out).toBe(
      '::error file=src/a.controller.ts,line=11,col=3,title=nestjs-api-errors::A.find throws 409 CONFLICT, which it does not ' +
        'declare%0Aa.controller.ts:12 → Books.find → assertFree (books.service.ts:6)\n' +
        '::error file=src/a.controller.ts,line=10,col=11,title=nestjs-api-errors::A.find declares 410 DELETED, which nothing throws\n',
    );
  });

  test('--format sarif is SARIF 2.1.0', async () => {
    const { out } = await check('--format', 'sarif', folder);
    const sarif = JSON.parse(out) as { version: string; runs: { results: object[] }[] };
    expect(sarif.version).toBe('2.1.0');
    expect(sarif.runs[0]!.results[0]).toEqual({
      ruleId: 'undeclared',
      level: 'error',
      message: {
        text:
          'A.find throws 409 CONFLICT, which it does not declare: ' +
          'a.controller.ts:12 → Books.find → assertFree (books.service.ts:6)',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'src/a.controller.ts' },
            region: { startLine: 11, startColumn: 3 },
          },
        },
      ],
    });
  });

  test('exit code 0 where everything thrown is declared, and everything declared thrown', async () => {
    const right = source.replace('Throws(Deleted', 'Throws(Conflict');
    const { code } = await check(applicationOf({ 'a.ts': right, 'books.service.ts': service }));
    expect(code).toBe(0);
  });

  test('what a class declares is thrown by one of its handlers', async () => {
    const onClass = source
      .replace('  @Throws(DeletedException)\n', '')
      .replace(
        "@Controller('books')",
        "@Throws(DeletedException, ConflictException)\n@Controller('books')",
      );
    const { code, out } = await check(
      applicationOf({ 'a.ts': onClass, 'books.service.ts': service }),
    );
    expect(code).toBe(1);
    expect(out).toContain('error  A declares 410 DELETED, which nothing throws');
    expect(out).toContain('0 undeclared, 1 never thrown');
  });

  test('nothing is said never to be thrown where some of the code is unknown', async () => {
    const unknown = source.replace('return this', "throw JSON.parse(''); return this");
    const { out } = await check(applicationOf({ 'a.ts': unknown, 'books.service.ts': service }));
    expect(out).toContain('0 never thrown');
    expect(out).toContain('1 not followed');
  });

  test('what reads and validates a request needs no declaration', async () => {
    const validated = `import { Body, Controller, Param, ParseIntPipe, Post } from '@nestjs/common';
import { IsInt, IsString, Max, MaxLength } from 'class-validator';
import { BadRequestException, InvalidParameterException, InvalidResourceException, InternalServerErrorException, MissingParameterException,
  ParameterLimitExceededException, ParameterOutOfRangeException, Resource } from 'nestjs-api-errors';
@Resource('BOOK') class Dto { @IsInt() @Max(3) pages: number; @IsString() @MaxLength(3) title: string; }
const any = <T>(...all: T[]): T => all[0]!;
@Controller() export class A {
  @Post() a(@Body() dto: Dto) {
    if (dto.pages === 1) { throw new BadRequestException(); }
    if (dto.pages === 2) { throw new InvalidResourceException('BOOK'); }
    if (dto.pages === 3) { throw new ParameterLimitExceededException(); }
    if (dto.pages === 4) { throw new ParameterOutOfRangeException(); }
    if (dto.pages === 5) { throw new MissingParameterException(); }
    if (dto.pages === 6) { throw new InternalServerErrorException(); }
    return any(dto);
  }
  @Post(':id') b(@Param('id', ParseIntPipe) id: number) { if (id === 1) { throw new InvalidParameterException(); } }
  @Post('c') c() { throw new InvalidParameterException(); }
}`;
    const { out } = await check(applicationOf({ 'a.ts': validated }));
    expect(out.match(/\w\.\w throws .*/g)).toEqual([
      'A.c throws 400 INVALID_PARAMETER, which it does not declare',
    ]);
  });

  test.each([
    ['no folder', ['nowhere'], 'nowhere is no folder'],
    [
      'another format',
      ['--format', 'xml', '.'],
      "--format 'xml' is invalid; it takes stylish, json, github, sarif",
    ],
  ])('%s is an error of use', async (_name, args, message) => {
    expect(await check(...args)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  });

  test('a folder without source is an error of use', async () => {
    const { code, err } = await check(folderOf({}));
    expect({ code, err }).toEqual({
      code: 2,
      err: expect.stringMatching(
        /^error: the tsconfig\.json of .* names no TypeScript source in it\n$/,
      ),
    });
  });
});

/** Runs the command in a process of its own, and tells what that took, on the last line of its errors. */
const measured = `
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    process.stderr.write(JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, kibibytes: maxRSS }));
  });
  await import(process.argv[1]);
`;

test('1,000 routes in 300 files take 20 s of a processor and 1 GiB at the most', async () => {
  const large = applicationOf(largeApplication(100));
  const cli = fileURLToPath(new URL('../../../../../dist/cli.mjs', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    measured,
    cli,
    'check',
    large,
  ]);
  expect(stdout).toBe(
    '1000 handlers, 0 undeclared, 0 never thrown, 0 declared by a guard alone, 0 not followed\n',
  );
  const { seconds, kibibytes } = JSON.parse(stderr.trim().split('\n').at(-1)!) as Record<
    string,
    number
  >;
  // Half of it on a machine that has nothing else to do
  expect(seconds).toBeLessThan(20);
  expect(kibibytes).toBeLessThan(2 ** 20);
}, 120_000);
