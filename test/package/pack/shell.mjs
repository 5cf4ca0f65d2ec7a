import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** Milliseconds that one command may take. */
const TIME_LIMIT = 240_000;

export const root = fileURLToPath(new URL('../../..', import.meta.url));
export const consumers = join(root, 'test/package/consumers');

/** A command that this checkout has installed. */
export const bin = (name) => join(root, 'node_modules/.bin', name);

/** @throws Error with all that the command said, where it fails. */
export function run(command, args, cwd) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: TIME_LIMIT,
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')}\n${error.stdout}${error.stderr}`, {
      cause: error,
    });
  }
}

/** What a command ends with that is to fail. */
export function fail(command, args, cwd) {
  try {
    run(command, args, cwd);
  } catch ({ cause }) {
    return cause;
  }
  throw new Error(`${command} ${args.join(' ')} did not fail`);
}

export async function step(title, check) {
  const start = Date.now();
  const result = await check();
  console.log(`ok  ${title} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  return result;
}

export function demand(met, message) {
  if (!met) {
    throw new Error(message);
  }
}

/**
 * Starts an application that prints `listening on http://…`, and hands its URL to `use`.
 *
 * @returns all that it printed
 */
export async function serve(file, cwd, use) {
  const server = spawn(process.execPath, [file], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  let printed = '';
  const url = new Promise((resolve, reject) => {
    const read = (chunk) => {
      printed += chunk;
      const [, found] = /listening on (http:\S+)/.exec(printed) ?? [];
      if (found) {
        resolve(found);
      }
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => reject(new Error(`${file} ended with ${code}:\n${printed}`)));
  });
  try {
    await use(await url);
    // What is logged of an answer is logged after it
    await setTimeout(500);
  } finally {
    if (server.exitCode === null) {
      server.kill();
      await once(server, 'close');
    }
  }
  return printed;
}
