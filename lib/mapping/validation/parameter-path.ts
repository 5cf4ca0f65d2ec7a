import { toDescription } from '../../contract/catalogue/description.js';

const MAX_LENGTH = 200;

/** Path of a parameter as people write it: `items[2].price`. @internal */
export function parameterPath(path: readonly (string | number)[]): string {
  let text = '';
  for (const step of path) {
    text += toStep(step, text === '');
    if (text.length > MAX_LENGTH) {
      return `${text.slice(0, MAX_LENGTH - 1)}…`;
    }
  }
  return text;
}

function toStep(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') {
    return `[${step}]`;
  }
  const name = toDescription(step) ?? '';
  if (isFirst) {
    return name;
  }
  return /^[\w$]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}
