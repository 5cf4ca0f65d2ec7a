import { importJWK, SignJWT } from 'jose';
import * as jwt from 'nestjs-api-errors/jwt';
import { createIssuerKeys, toPublicKey } from '../support/issuer.keys.js';
import { claimsOf, issuerOf, type IssuerShape, issuerShapes } from '../support/issuer.shapes.js';
import { blocksOf } from './readme-blocks.js';
import { textOf } from './sources.js';

/** Sections that show a preset, in the order of the shapes that the tests send. */
const sections = textOf('docs/issuers.md')
  .split(/^## /m)
  .slice(1, -1)
  .map((section, index) => {
    const [name, shape] = Object.entries(issuerShapes)[index] ?? ['nothing', undefined];
    return { title: section.split('\n', 1)[0]!, section, name, shape: shape! };
  });

/** What the snippet of a section gives the verifier: it is run, with the presets that there are. */
function optionsOf(section: string): unknown {
  const [snippet = ''] = blocksOf(section, 'ts');
  const [, call] = /new JwtTokenVerifier\(([^]*)\);/.exec(snippet) ?? [];
  // oxlint-disable-next-line typescript/no-implied-eval -- code of our own document
  return new Function(...Object.keys(jwt), `return (${call?.trim().replace(/,$/, '')});`)(
    ...Object.values(jwt),
  );
}

/** The log lines of a shape's wrong tokens, by their kind. */
async function linesOf({ options, wrong, ...shape }: IssuerShape) {
  const { RS256 } = await createIssuerKeys();
  const { jwksUri: _theirs, ...others } = options;
  const verifier = new jwt.JwtTokenVerifier({ ...others, jwks: { keys: [toPublicKey(RS256)] } });
  const issuer = issuerOf({ options, wrong, ...shape });
  const lines = Object.entries(wrong).map(async ([kind, token]) => {
    const text = await new SignJWT(claimsOf(token, issuer))
      .setProtectedHeader({ alg: 'RS256', ...(token.typ !== undefined && { typ: token.typ }) })
      .sign(await importJWK(RS256, 'RS256'));
    const refusal: unknown = await (async () => verifier.verify(text))().catch((e: unknown) => e);
    const { cause } = refusal as { cause: { diagnosis(): { message: string } } };
    return [kind, cause.diagnosis().message];
  });
  return Promise.all(lines);
}

const withoutFunctions = (options: unknown): unknown =>
  JSON.parse(
    JSON.stringify(options, (_, value: unknown) =>
      value instanceof RegExp ? String(value) : typeof value === 'function' ? 'function' : value,
    ),
  );

test('every preset has a section', () => {
  expect(sections.map(({ name }) => name)).toEqual(Object.keys(issuerShapes));
});

test.each(sections)('$title: the snippet makes what the tests send tokens to', (one) => {
  expect(withoutFunctions(optionsOf(one.section))).toEqual(withoutFunctions(one.shape.options));
});

test.each(sections)('$title: the table is what the log says', async ({ section, shape }) => {
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2)
    .map((line) => line.slice(2, -2).split(' | '))
    .map((cells) => cells.map((cell) => cell.trim().replaceAll('\\', '')));
  const lines = await linesOf(shape);
  expect(rows).toEqual(lines.map((cells) => cells.map((cell) => cell.replaceAll('\\', ''))));
});
