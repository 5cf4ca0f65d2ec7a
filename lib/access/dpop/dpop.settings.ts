import {
  flag,
  listOf,
  numberFrom,
  objectOf,
  objectWith,
  type OptionReaders,
  refuseOption,
  that,
  withDefault,
} from '../../contract/options/option-readers.js';
import { type AsymmetricAlgorithm, asymmetricAlgorithms } from '../../tokens/jws/algorithms.js';
import { MemoryStore } from '../../tokens/store/memory.store.js';
import type { SharedStore } from '../../tokens/store/shared.store.js';
import type { DpopOptions } from './dpop.options.js';

const SECONDS = { unit: 'seconds' };

/** The options of DPoP, read and with their defaults. @internal */
export interface DpopSettings {
  readonly required: boolean;
  readonly algorithms: ReadonlySet<unknown>;
  /** Seconds. */
  readonly maxAge: number;
  /** Seconds. */
  readonly clockTolerance: number;
  readonly nonce: boolean;
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly store: SharedStore;
}

const readOptions = objectOf({
  required: flag(),
  algorithms: withDefault(
    asymmetricAlgorithms,
    listOf<AsymmetricAlgorithm>(
      `takes asymmetric algorithms (${asymmetricAlgorithms.join(', ')}), as RFC 9449 §4.3 demands`,
      (name) => asymmetricAlgorithms.includes(name as AsymmetricAlgorithm),
    ),
  ),
  maxAge: withDefault(60, numberFrom(1, 600, SECONDS)),
  clockTolerance: withDefault(10, numberFrom(0, 300, SECONDS)),
  nonce: flag(),
  baseUrl: (given): unknown => given,
  store: (given = new MemoryStore(), name): SharedStore =>
    objectWith<SharedStore>(
      'takes a SharedStore, such as RedisStore of nestjs-api-errors/redis',
      'setIfAbsent',
      'get',
    )(given, name),
} satisfies OptionReaders<DpopOptions>);

const readBaseUrl = that<string>(
  'is needed, unless bearer.resource is there: the URL that callers reach the API by, such as ' +
    'https://api.example.com, which proofs name (RFC 9449 §4.2)',
  (given) =>
    typeof given === 'string' &&
    URL.canParse(given) &&
    /^https?:$/.test(new URL(given).protocol) &&
    !/[?#@]/.test(given),
);

/**
 * @param resource - the API's public URL, whose origin proofs name by default
 * @returns `undefined` where DPoP is off
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function readDpop(
  given: unknown,
  name: string,
  resource: string | undefined,
): DpopSettings | undefined {
  if (given === undefined || given === false) {
    return undefined;
  }
  const options = given === true ? {} : given === 'required' ? { required: true } : given;
  if (typeof options !== 'object' || options === null) {
    refuseOption(name, `takes true, 'required' or DpopOptions`);
  }
  const { baseUrl = resource && new URL(resource).origin, ...read } = readOptions(options, name);
  return {
    ...read,
    algorithms: new Set(read.algorithms),
    baseUrl: readBaseUrl(baseUrl, `${name}.baseUrl`).replace(/\/+$/, ''),
  };
}
