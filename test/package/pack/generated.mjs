import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './projects.mjs';
import { demand, fail, run, serve } from './shell.mjs';

/* What is asked of an application that `nest new` made, with this library in it. */

const npx = (cwd, ...args) => run('npx', ['--no-install', ...args], cwd);

async function answerOf(url) {
  const response = await fetch(url);
  const body = await response.json();
  demand(
    Object.keys(body).join() === 'code,description',
    `${url} was answered with ${JSON.stringify(body)}`,
  );
  return `${response.status} ${body.code}`;
}

async function expectAnswers(url) {
  for (const [path, expected] of [
    ['/books/1', '404 BOOK_NOT_EXIST'],
    ['/nowhere', '404 NOT_FOUND'],
    ['/books/bug', '500 INTERNAL_SERVER_ERROR'],
  ]) {
    // oxlint-disable-next-line no-await-in-loop -- one request after the other
    const answer = await answerOf(url + path);
    demand(answer === expected, `${path} was answered with ${answer}`);
  }
}

/** Built and started as it is, with Nest's own logger. */
export async function checkBuilt(cwd) {
  npx(cwd, 'nest', 'build');
  const printed = await serve('dist/main.js', cwd, expectAnswers);
  demand(
    /ERROR.*GET \/books\/bug 500 INTERNAL_SERVER_ERROR[^]*Error: the bug\n +at BooksController\.bug/.test(
      printed,
    ),
    `The log lacks the bug and its stack:\n${printed}`,
  );
}

/** With the matchers of its test runner. */
export function checkTypes(cwd) {
  npx(cwd, 'tsc', '--noEmit');
}

/** All in one file that is started where nothing is installed. */
export async function checkBundled(cwd) {
  writeFileSync(
    join(cwd, 'webpack.config.js'),
    'module.exports = (options) => ({ ...options, externals: [] });\n',
  );
  npx(cwd, 'nest', 'build', '--webpack');
  const alone = join(folder, 'bundle');
  mkdirSync(alone);
  cpSync(join(cwd, 'dist/main.js'), join(alone, 'main.js'));
  await serve('main.js', alone, expectAnswers);
}

/** The command finds the module, and ends where it is given the file that starts the server. */
export function checkCommand(cwd) {
  npx(cwd, 'nest', 'build');
  const catalogue = JSON.parse(npx(cwd, 'nestjs-api-errors', 'catalogue', 'dist/app.module.js'));
  const { operations } = catalogue.errors.find(({ code }) => code === 'BOOK_NOT_EXIST');
  demand(operations.join() === 'GET /books/{isbn}', `It is answered by ${operations.join()}`);
  const { status, stderr } = fail(
    'npx',
    ['--no-install', 'nestjs-api-errors', 'catalogue', 'dist/main.js'],
    cwd,
  );
  demand(status === 2 && stderr.includes('dist/app.module.js'), `${status}: ${stderr}`);
}
