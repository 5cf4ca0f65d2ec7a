import { generateKeyPairSync } from 'node:crypto';
import { Session } from 'node:inspector/promises';
import { Controller, Get, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ConflictException, DeletedException, ErrorsModule, Throws } from 'nestjs-api-errors';
import { JwtTokenVerifier } from 'nestjs-api-errors/jwt';
import { documentErrors } from 'nestjs-api-errors/swagger';
import { startApp } from '../support/platforms.js';

/*
 * How far data travels through the house: the wings of lib/ (DESIGN.md §3) in which a function runs
 * on the way, by V8's count of calls. What is done once, on the first way, does not count.
 */

@Controller()
class BooksController {
  @Throws(DeletedException)
  @Get('taken')
  taken(): never {
    throw new ConflictException('Taken.');
  }
}

const { publicKey } = generateKeyPairSync('ed25519');
const verifier = new JwtTokenVerifier({
  issuer: 'https://login.example.com',
  audience: 'https://api.example.com',
  jwks: { keys: [publicKey.export({ format: 'jwk' })] },
});

/** The sources of the library, and no package that has a folder of that name. */
const WING = new RegExp(`^(?:file://)?${new URL('../../lib/', import.meta.url).pathname}([a-z]+)/`);

async function start(guarded: boolean) {
  const bearer = guarded ? { verifier, global: true } : {};
  const imports = [ErrorsModule.forRoot({ bearer, undeclared: 'ignore' })];
  return startApp('express', { imports, controllers: [BooksController] });
}

async function wingsOf(trip: () => unknown): Promise<string[]> {
  const session = new Session();
  session.connect();
  try {
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
    await session.post('Profiler.takePreciseCoverage');
    await trip();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    const entered = result
      .filter(({ functions }) =>
        functions.some(
          ({ functionName, ranges }) =>
            functionName !== '' && ranges.some(({ count }) => count > 0),
        ),
      )
      .flatMap(({ url }) => WING.exec(url)?.[1] ?? []);
    return [...new Set(entered)].toSorted();
  } finally {
    session.disconnect();
  }
}

test('an exception becomes bytes in four wings', async () => {
  const { url, close } = await start(false);
  await fetch(`${url}/taken`);
  const wings = await wingsOf(async () => (await fetch(`${url}/taken`)).text());
  expect(wings).toEqual(['answers', 'contract', 'mapping', 'nest']);
  await close();
});

test('an Authorization header becomes a challenge in six', async () => {
  const { url, close } = await start(true);
  const send = async () =>
    (await fetch(`${url}/taken`, { headers: { authorization: 'Bearer x' } })).text();
  await send();
  const wings = await wingsOf(send);
  expect(wings).toEqual(['access', 'answers', 'contract', 'mapping', 'nest', 'tokens']);
  await close();
});

test('what @Throws() declares becomes a document in six at most', async () => {
  const { app, close } = await start(true);
  const document = documentOf(app);
  const wings = await wingsOf(() => documentErrors(document, app));
  expect(wings).toEqual(expect.arrayContaining(['contract', 'documents', 'nest']));
  expect(wings.length).toBeLessThanOrEqual(6);
  await close();
});

function documentOf(app: INestApplication): OpenAPIObject {
  return SwaggerModule.createDocument(app, new DocumentBuilder().build());
}
