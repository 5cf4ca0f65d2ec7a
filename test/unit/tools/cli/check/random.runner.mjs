// Calls each handler once for each throw that is reached, and writes what came out of it
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const [, , folder] = process.argv;
const files = readdirSync(folder).filter((name) => name.endsWith('.mjs'));
// What nobody waits for is nobody's answer
process.on('unhandledRejection', () => undefined);

const STANDARD = { 402: 'PAYMENT_REQUIRED' };
const MAX = 400;

const found = {};
for (const file of files) {
  const { make, state } = await import(join(folder, file));
  const controller = make();
  const { name } = controller.constructor;
  for (const handler of ['first', 'second']) {
    const thrown = new Set();
    for (const mode of [0, 1, 2, 3]) {
      for (let target = 1; target <= MAX; target += 1) {
        Object.assign(state, { target, count: 0, flag: mode % 2 === 0, early: mode < 2 });
        const error = await controller[handler]().then(
          () => undefined,
          (reason) => reason,
        );
        if (error && 'getStatus' in error) {
          const status = error.getStatus();
          const code = error.code ?? (status === 410 ? 'SHELF_GONE' : STANDARD[status]);
          thrown.add(`${status} ${code}`);
        }
        if (state.count < target) {
          break;
        }
      }
    }
    found[`${name}.${handler}`] = [...thrown].toSorted((a, b) => (a < b ? -1 : 1));
  }
}
process.stdout.write(JSON.stringify(found));
