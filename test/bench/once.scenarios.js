/**
 * @typedef {object} OnceContender
 * @property {string} name
 * @property {string} script of `once/`, run in a process of its own
 * @property {number} [target] the most that ours may cost of this one
 *
 * @typedef {object} OnceScenario what an application pays once, when it starts
 * @property {string} title
 * @property {readonly [OnceContender, OnceContender]} contenders ours, then what it is compared with
 */

function scenario(title, ours, name, theirs, target) {
  return {
    title,
    contenders: [
      { name: 'ours', script: ours },
      { name, script: theirs, target },
    ],
  };
}

/** @type {readonly OnceScenario[]} */
export const onceScenarios = [
  scenario(
    'importing the package',
    'import-package',
    'importing Nest with Express',
    'import-nest',
    0.04,
  ),
  scenario('start of 500 routes', 'start-with', 'without the module', 'start-without', 1.05),
  scenario(
    'documentErrors() of 500 operations',
    'document-with',
    'createDocument() alone',
    'document-without',
    1.3,
  ),
];
