import process from 'node:process';

/**
 * Runs what is measured once, in a process of its own, and prints what it cost.
 *
 * @param {() => unknown} act
 */
export async function measured(act) {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpu: user + system }));
  process.exit();
}
