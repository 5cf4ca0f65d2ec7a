import { readFileSync } from 'node:fs';

/*
 * Reads what `npm run -s tour -- --json` printed, and fails where it is anything but the whole
 * contract: the rows of the README's table, and the three challenges of RFC 6750 §3.1.
 */

const MEMBERS = ['request', 'status', 'code', 'description', 'challenge'];
const CHALLENGES = { 400: 'invalid_request', 401: 'invalid_token', 403: 'insufficient_scope' };

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const rows = [...readme.matchAll(/^\| (\d{3}) +\| (\S+) +\| \w+ +\|/gm)].map(
  ([, status, code]) => ({ status, code }),
);
const answers = JSON.parse(readFileSync(0, 'utf8'));
const faults = [];

if (rows.length !== 19) {
  faults.push(`The README lists ${rows.length} rows of 19.`);
}
for (const { status, code } of rows) {
  const codes = new Set(rows.filter((row) => row.status === status).map((row) => row.code));
  const [before, after] = code.split('{RESOURCE}');
  const isRow = (answer) =>
    after === undefined
      ? answer.code === code
      : answer.code.startsWith(before) && answer.code.endsWith(after) && !codes.has(answer.code);
  if (!answers.some((answer) => String(answer.status) === status && isRow(answer))) {
    faults.push(`No answer is ${status} ${code}.`);
  }
}
for (const [status, error] of Object.entries(CHALLENGES)) {
  const scope = status === '403' ? 'scope="' : '';
  const isChallenge = ({ challenge }) =>
    challenge?.startsWith('Bearer ') &&
    challenge.includes(`error="${error}"`) &&
    challenge.includes(scope);
  if (!answers.some((answer) => String(answer.status) === status && isChallenge(answer))) {
    faults.push(`No answer is ${status} with the challenge ${error}.`);
  }
}
for (const answer of answers) {
  if (Object.keys(answer).join() !== MEMBERS.join() || !answer.request || !answer.description) {
    faults.push(`Not an answer of the tour: ${JSON.stringify(answer)}`);
  }
  if (answer.status === 401 && !answer.challenge) {
    faults.push(`A 401 without a challenge: ${answer.request}`);
  }
}

for (const fault of faults) {
  console.error(fault);
}
console.log(
  `${answers.length} answers, ${rows.length} rows, 3 challenges: ${faults.length} faults`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
