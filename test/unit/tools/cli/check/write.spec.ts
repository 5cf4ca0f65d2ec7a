import { cpSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sources } from '../adopt/application.folder.js';
import { applicationOf, check, type Checked, checkOf, tsconfig } from './checked.folder.js';

const root = fileURLToPath(new URL('../../../../..', import.meta.url));

/** What the files say once `--write` has been there, twice: the second time changes nothing. */
async function writtenOf(sources: Sources): Promise<Sources> {
  const folder = applicationOf(sources);
  await check('--write', folder);
  const read = () =>
    Object.fromEntries(
      Object.keys(sources).map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
    );
  const once = read();
  await check('--write', folder);
  expect(read()).toEqual(once);
  return once;
}

async function writtenFile(source: string, others: Sources = {}): Promise<string> {
  return (await writtenOf({ 'a.ts': source, ...others }))['a.ts']!;
}

describe('check --write', () => {
  it('puts @Throws() behind the decorators, and imports what it names', async () => {
    const written = await writtenFile(
      `import { Controller, Get } from '@nestjs/common';
import { find } from './find.js';

@Controller('a')
export class A {
  // Finds
  @Get()
  a()  { return find() }
}
`,
      {
        'find.ts': `import { ConflictException, ResourceNotExistException } from 'nestjs-api-errors';
export function find(): number { if (Math.random() > 1) { throw new ConflictException(); } throw new ResourceNotExistException('BOOK'); }
`,
      },
    );
    expect(written).toBe(`import { Controller, Get } from '@nestjs/common';
import { find } from './find.js';
import { ConflictException, ResourceNotExistException, Throws } from 'nestjs-api-errors';

@Controller('a')
export class A {
  // Finds
  @Get()
  @Throws(ConflictException, ResourceNotExistException.for('BOOK'))
  a()  { return find() }
}
`);
  });

  it("writes in a file's own quotes, line ends and semicolons, and keeps its byte order mark", async () => {
    const source = `\uFEFFimport {Controller, Get} from "@nestjs/common"\r\nimport {late} from "./late.js"\r\n\r\n@Controller()\r\nexport class A {\r\n\t@Get() a() { late() }\r\n}\r\n`;
    const late = `import { defineException } from 'nestjs-api-errors';
export class Late extends defineException({ code: 'LATE', status: 403, description: 'Late.' }) {}
export const late = () => { throw new Late(); };
`;
    expect(await writtenFile(source, { 'late.ts': late })).toBe(
      `\uFEFFimport {Controller, Get} from "@nestjs/common"\r\nimport {Late, late} from "./late.js"\r\nimport {Throws} from "nestjs-api-errors"\r\n\r\n@Controller()\r\nexport class A {\r\n\t@Get() @Throws(Late) a() { late() }\r\n}\r\n`,
    );
  });

  it('adds to what is there, and takes away what nothing throws', async () => {
    const written = await writtenFile(`import { Controller, Get } from '@nestjs/common';
import {
  ConflictException,
  DeletedException,
  ForbiddenException,
  Throws,
} from 'nestjs-api-errors';

@Controller()
export class A {
  @Get()
  @Throws(DeletedException, ConflictException)
  a() { if (Math.random() > 1) { throw new ConflictException(); } throw new ForbiddenException(); }

  @Get('b')
  @Throws(DeletedException)
  b() { return 1; }
}
`);
    expect(written).toBe(`import { Controller, Get } from '@nestjs/common';
import {
  ConflictException,
  ForbiddenException,
  Throws,
} from 'nestjs-api-errors';

@Controller()
export class A {
  @Get()
  @Throws(ConflictException, ForbiddenException)
  a() { if (Math.random() > 1) { throw new ConflictException(); } throw new ForbiddenException(); }

  @Get('b')
  b() { return 1; }
}
`);
  });

  it("takes the class of Nest's that a file has, and the one of a status that this library has not", async () => {
    const written =
      await writtenFile(`import { Controller, Get, HttpException, NotFoundException } from '@nestjs/common';
@Controller()
export class A {
  @Get() a() { throw new NotFoundException(); }
  @Get('b') b() { throw new HttpException('Large.', 413); }
  @Get('c') c() { throw new HttpException('Taken.', 409); }
}
`);
    expect(written).toContain('@Get() @Throws(NotFoundException) a()');
    expect(written).toContain("@Get('b') @Throws(PayloadTooLargeException) b()");
    expect(written).toContain("@Get('c') @Throws(ConflictException) c()");
    expect(written).toContain(
      'import { Controller, Get, HttpException, NotFoundException, PayloadTooLargeException }',
    );
    expect(written).toContain("import { ConflictException, Throws } from 'nestjs-api-errors';");
  });

  it('declares what a guard throws on the guard', async () => {
    const written =
      await writtenFile(`import { Controller, Get, Injectable, UseGuards } from '@nestjs/common';
import { ConflictException } from 'nestjs-api-errors';
@Injectable()
export class G { canActivate(): boolean { throw new ConflictException(); } }
@Controller()
@UseGuards(G)
export class A { @Get() a() { return 1; } }
`);
    expect(written).toContain('@Injectable()\n@Throws(ConflictException)\nexport class G');
    expect(written).not.toContain('@Throws(ConflictException) a()');
  });

  it.each([
    [
      'a code that no class declares',
      `throw new HttpException({ code: 'OWN_CODE' }, 409);`,
      'throws 409 OWN_CODE',
    ],
    [
      'a name that is something else',
      `const ForbiddenException = 1; void ForbiddenException; fail();`,
      'throws 403 FORBIDDEN',
    ],
    ['a class that is not exported', `late();`, 'throws 403 LATE'],
  ])('leaves %s to do by hand', async (_name, body, said) => {
    const source = `import { Controller, Get, HttpException } from '@nestjs/common';
import { fail, late } from './late.js';
@Controller() export class A { @Get() a() { void HttpException; void fail; void late; ${body} } }
`;
    const late = `import { defineException, ForbiddenException } from 'nestjs-api-errors';
class Late extends defineException({ code: 'LATE', status: 403, description: 'Late.' }) {}
export const late = () => { throw new Late(); };
export const fail = () => { throw new ForbiddenException(); };
`;
    const folder = applicationOf({ 'a.ts': source, 'late.ts': late });
    const { code, out } = await check('--write', folder);
    expect({ code, isSaid: out.includes(said) }).toEqual({ code: 1, isSaid: true });
    expect(readFileSync(join(folder, 'a.ts'), 'utf8')).toBe(source);
  });
});

describe('on the sample', () => {
  const sample = join(root, 'sample-app');
  let before: Checked;
  beforeAll(async () => {
    before = await checkOf(sample);
  });

  test('nothing is wrong, and everything is followed', () => {
    expect(before.findings).toEqual([]);
    expect(before.routes).toHaveLength(12);
  });

  test('without any @Throws() --write declares for every handler what the sample does', async () => {
    const folder = applicationOf({});
    cpSync(sample, folder, { recursive: true, filter: (path) => !path.includes('/dist') });
    writeFileSync(join(folder, 'tsconfig.json'), tsconfig);
    // Of the sample: the copy has a link to this package, and with it to the sample itself
    const paths = readdirSync(sample, { recursive: true, encoding: 'utf8' });
    for (const path of paths.filter(
      (one) => one.endsWith('.controller.ts') && !one.startsWith('dist'),
    )) {
      const source = readFileSync(join(folder, path), 'utf8');
      const bare = source.replaceAll(/^ *@Throws\((?:[^()]|\([^()]*\))*\)\n/gm, '');
      writeFileSync(join(folder, path), bare);
    }
    const { out } = await check('--write', '--json', folder);
    const written = JSON.parse(out) as Checked;
    expect(Object.values(declared(written)).flat()).toEqual([]);
    expect(written.findings).toEqual([]);

    const after = await checkOf(folder);
    expect(after.findings).toEqual([]);
    expect(declared(after)).toEqual(declared(before));
    expect(Object.values(declared(after)).flat().length).toBeGreaterThan(25);
  }, 180_000);
});

/** What each handler declares, the declarations of its class included. */
function declared({ routes }: Checked): Record<string, string[]> {
  return Object.fromEntries(routes.map(({ name, declares }) => [name, declares.toSorted()]));
}
