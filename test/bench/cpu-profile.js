import { mkdir, writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { join } from 'node:path';

const INTERVAL_US = 100;

/**
 * Starts to profile this process.
 *
 * @returns {Promise<(directory: string) => Promise<void>>} ends the profile and writes it
 */
export async function startProfile() {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: INTERVAL_US });
  await session.post('Profiler.start');
  return async (directory) => {
    const { profile } = await session.post('Profiler.stop');
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, `${process.pid}.cpuprofile`), JSON.stringify(profile));
  };
}
