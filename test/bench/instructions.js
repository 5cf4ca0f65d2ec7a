import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const EVENT = 'instructions:u';

/** Whether this machine counts instructions: many a virtual one does not. */
export const canCount = await promisify(execFile)('perf', [
  'stat',
  '-x,',
  '-e',
  EVENT,
  'true',
]).then(
  ({ stderr }) => counted(stderr) !== undefined,
  () => false,
);

/**
 * Counts the instructions of a process while something is done.
 *
 * @param {number} pid
 * @param {() => Promise<void>} act
 * @returns {Promise<number>}
 */
export async function instructionsOf(pid, act) {
  const perf = spawn(
    'perf',
    ['stat', '-x,', '-e', EVENT, '-D', '-1', '--control', 'fd:3,4', '-p', String(pid)],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const [, , stderr, control, acknowledged] = perf.stdio;
  let text = '';
  stderr.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  const tell = async (command) => {
    const answer = once(acknowledged, 'data');
    control.write(`${command}\n`);
    await answer;
  };
  await tell('enable');
  await act();
  await tell('disable');
  perf.kill('SIGINT');
  await once(perf, 'close');
  const count = counted(text);
  if (count === undefined) {
    throw new Error(`perf counted no instructions: ${text}`);
  }
  return count;
}

/** Of what `perf stat -x,` prints: the count, its unit, the event, … */
function counted(text) {
  const line = text.split('\n').find((one) => one.includes(EVENT.split(':')[0]));
  const count = Number(line?.split(',')[0]);
  return count > 0 ? count : undefined;
}
