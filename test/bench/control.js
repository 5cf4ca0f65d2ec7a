/** How far two processes of the same code may be apart in a round that counts. */
const MAX_DIFFERENCE = 0.05;

const CONTROL = 'the same again';

/**
 * Contenders, with a second process of what ours is compared with first: what the two differ by is
 * the machine's doing.
 *
 * @template {{ name: string, on?: string }} Contender
 * @param {readonly Contender[]} contenders
 * @returns {Contender[]}
 */
export function withControl(contenders) {
  const [, compared] = contenders;
  const { target: _, ...same } = compared;
  return [...contenders, { ...same, name: CONTROL, ...(same.on && { on: `${same.on}${AGAIN}` }) }];
}

const AGAIN = ' (again)';

/** The application that a contender runs on, whether it is the first process of it or the second. */
export function applicationOf(on) {
  return on.endsWith(AGAIN) ? on.slice(0, -AGAIN.length) : on;
}

/**
 * The costs of all rounds, and of those in which the machine was quiet.
 *
 * @template {{ name: string }} Contender
 * @param {Map<Contender, import('./server.handle.js').Cost[]>} costs by contender, one a round
 * @returns {Record<'all' | 'quiet', Map<Contender, import('./server.handle.js').Cost[]>>} without the
 * control
 */
export function quietRounds(costs) {
  const entries = [...costs];
  const contenders = entries.filter(([{ name }]) => name !== CONTROL);
  const [, [, compared]] = entries;
  const [, control] = entries.find(([{ name }]) => name === CONTROL);
  const isQuiet = (_, round) =>
    Math.abs(control[round].cpu / compared[round].cpu - 1) <= MAX_DIFFERENCE;
  return {
    all: new Map(contenders),
    quiet: new Map(contenders.map(([contender, figures]) => [contender, figures.filter(isQuiet)])),
  };
}
