import { consumer } from './projects.mjs';
import { demand, run } from './shell.mjs';

/** A busy machine needs more of them until one was left alone. */
const RUNS = { least: 9, most: 40 };
/** Of what importing Nest with Express costs in the same process. */
const BOUND = 0.06;

/** The least of several runs is what it costs where nothing else is done on the machine. */
export function checkImportCost(cwd) {
  consumer('import-cost.mjs', cwd);
  const least = { own: Infinity, nest: Infinity };
  for (let runs = 0; runs < RUNS.least || (runs < RUNS.most && ratioOf(least) > BOUND); runs++) {
    const { own, nest } = JSON.parse(run(process.execPath, ['import-cost.mjs'], cwd));
    least.own = Math.min(least.own, own);
    least.nest = Math.min(least.nest, nest);
  }
  const ratio = ratioOf(least).toFixed(3);
  console.log(`    ${least.own.toFixed(1)} ms, Nest ${least.nest.toFixed(0)} ms: ${ratio}`);
  demand(ratio <= BOUND, `importing costs ${ratio} of Nest, more than ${BOUND}`);
}

const ratioOf = ({ own, nest }) => own / nest;
