import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { runCommand } from '../../../../lib/tools/cli/command.js';
import { type Issuer, startIssuer } from '../../../support/issuer.js';
import { claimsOf, issuerShapes } from '../../../support/issuer.shapes.js';

const entry = (name: string) => fileURLToPath(new URL(`entries/${name}.ts`, import.meta.url));
const root = fileURLToPath(new URL('../../../..', import.meta.url));

let issuer: Issuer;
beforeAll(async () => {
  issuer = await startIssuer();
  process.env['SHOP_ISSUER'] = issuer.url;
});
afterAll(() => issuer.close());

async function run(input: string, ...args: string[]) {
  const written = { out: '', err: '' };
  const code = await runCommand(['token', ...args], {
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    in: async () => input,
  });
  return { code, ...written };
}

describe('nestjs-api-errors token', () => {
  it('says what an access token is, whose and for how long', async () => {
    const token = await issuer.token({ audience: 'https://shop.example', scope: 'a b' });
    const { code, out, err } = await run(`  Bearer ${token}\n`);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = Object.fromEntries(
      out.split('\n').map((line) => [line.slice(0, 12).trim(), line.slice(12)]),
    );
    expect(lines).toEqual({
      '': '',
      'token:': 'an access token (RFC 9068)',
      'header:': `alg RS256, typ at+jwt, kid ${issuer.keys.RS256.kid}`,
      'issuer:': issuer.url,
      'audience:': 'https://shop.example',
      'client:': 'bookshelf-client',
      'subject:': 'bookshelf-client',
      'scopes:': 'a b',
      'issued:': expect.stringMatching(/^\d{4}-.*Z, .* second/),
      'expires:': expect.stringMatching(/^\d{4}-.*Z, in \d+ minutes$/),
    });
  });

  it('knows an ID token, and whose preset is for it', async () => {
    const { 'an ID token': idToken } = issuerShapes['Entra ID 2']!.wrong;
    const iss = 'https://login.microsoftonline.com/1/v2.0';
    const { out } = await run(await issuer.sign(claimsOf(idToken!, iss), { typ: 'JWT' }));
    expect(out).toContain('token:      an ID token, which is for the client');
    expect(out).toContain('looks like: Entra ID; its preset: entraId({ tenant, audience })');
  });

  it.each([
    ['opaque', 'no JWT (not a compact JWS): opaque, or encrypted for its issuer'],
    ['a.b.c.d.e', 'no JWT (encrypted (JWE)): opaque, or encrypted'],
  ])('says that %s is no JWT', async (token, said) => {
    expect(await run(token)).toMatchObject({ code: 0, out: expect.stringContaining(said) });
  });

  it('writes no control characters of a token', async () => {
    const { out } = await run(await issuer.sign({ iss: '\u001b[31m\nissuer: x' }));
    expect(out).toContain(String.raw`issuer:     \x1b[31m\nissuer: x`);
  });

  it('says what the verifier of an application makes of it', async () => {
    const good = await issuer.token({ audience: 'https://shop.example', scope: 'a' });
    const forShop = await issuer.sign({
      iss: issuer.url,
      aud: 'shop',
      exp: 4_102_444_800,
      scope: 'a',
    });
    expect(await run(forShop, entry('guarded'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('verifier:   takes it, with the scopes a\n'),
    });
    const { code, out } = await run(good, entry('guarded'));
    expect(code).toBe(1);
    expect(out).toContain('verifier:   refuses it: aud does not name this API\n');
    expect(out).toContain('because:    aud is "https://shop.example", expected "shop".');
  });

  it('says that it cannot tell where the issuer is away', async () => {
    const token = await issuer.sign({ iss: issuer.url, aud: 'shop', exp: 4_102_444_800 });
    await issuer.stop();
    const { code, out } = await run(token, entry('guarded'));
    await issuer.start();
    expect(code).toBe(1);
    expect(out).toContain(`cannot tell: ServiceUnavailableException: The keys of ${issuer.url}`);
  });

  it.each([
    ['without a token', ['  \n'], /no token came from standard input/],
    [
      'with an application without a verifier',
      ['a.b.c', entry('shop.module')],
      /no bearer.verifier/,
    ],
  ])('is an error of use %s', async (_, [input, ...args], message) => {
    const { code, err } = await run(input!, ...args);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(message) });
  });

  it('takes no token as an argument, and does not repeat it', async () => {
    const token = await issuer.token({ audience: 'https://shop.example' });
    const { code, err, out } = await run('', token);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('a token is read from standard input only');
    expect(err).not.toContain(token.slice(0, 20));
  });

  it('reads standard input, as it is installed', async () => {
    const token = await issuer.token({ audience: 'https://shop.example' });
    const out = await new Promise<string>((resolve, reject) => {
      const command = [`${root}/dist/cli.mjs`, 'token'];
      const child = execFile(process.execPath, command, (error, text) =>
        error ? reject(error) : resolve(text),
      );
      child.stdin?.end(token);
    });
    expect(out).toContain(`issuer:     ${issuer.url}\n`);
  });
});
