import { type AsymmetricAlgorithm, asymmetricAlgorithms } from '../jws/algorithms.js';
import { MemoryStore } from '../store/memory.store.js';
import type { SharedStore } from '../store/shared.store.js';
import type { DpopOptions } from './dpop.options.js';

const DEFAULT_MAX_AGE = 60;
const LONGEST_MAX_AGE = 600;
const DEFAULT_TOLERANCE = 10;
const LARGEST_TOLERANCE = 300;
const OPTIONS = ['required', 'algorithms', 'maxAge', 'clockTolerance', 'nonce', 'baseUrl', 'store'];

/** The options of DPoP, checked and with their defaults. @internal */
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

/** The part of the bearer options that is about DPoP. */
interface DpopBearerOptions {
  readonly dpop?: boolean | 'required' | DpopOptions;
  readonly resource?: string;
}

/**
 * @returns `undefined` where DPoP is off
 * @throws TypeError where an option is wrong; the message names it and the fix.
 * @internal
 */
export function toDpopSettings({ dpop, resource }: DpopBearerOptions): DpopSettings | undefined {
  if (dpop === undefined || dpop === false) {
    return undefined;
  }
  const options = toOptions(dpop);
  const { required = false, nonce = false, store = new MemoryStore() } = options;
  demand(typeof required === 'boolean', '.required', 'takes true or false');
  demand(typeof nonce === 'boolean', '.nonce', 'takes true or false');
  demand(
    typeof store?.setIfAbsent === 'function' && typeof store.get === 'function',
    '.store',
    'takes a SharedStore, such as RedisStore of nestjs-api-errors/redis',
  );
  return {
    required,
    nonce,
    store,
    algorithms: toAlgorithms(options.algorithms ?? asymmetricAlgorithms),
    maxAge: toSeconds('.maxAge', options.maxAge ?? DEFAULT_MAX_AGE, 1, LONGEST_MAX_AGE),
    clockTolerance: toSeconds(
      '.clockTolerance',
      options.clockTolerance ?? DEFAULT_TOLERANCE,
      0,
      LARGEST_TOLERANCE,
    ),
    baseUrl: toBaseUrl(options.baseUrl ?? originOf(resource)),
  };
}

function toOptions(dpop: unknown): DpopOptions {
  const options = dpop === true ? {} : dpop === 'required' ? { required: true } : dpop;
  demand(
    typeof options === 'object' && options !== null,
    '',
    `takes true, 'required' or DpopOptions`,
  );
  for (const name of Object.keys(options as object)) {
    demand(OPTIONS.includes(name), `.${name}`, `is no option; there are ${OPTIONS.join(', ')}`);
  }
  return options as DpopOptions;
}

function toAlgorithms(algorithms: readonly AsymmetricAlgorithm[]): ReadonlySet<unknown> {
  const known: readonly unknown[] = asymmetricAlgorithms;
  demand(
    Array.isArray(algorithms) &&
      algorithms.length > 0 &&
      algorithms.every((name) => known.includes(name)),
    '.algorithms',
    `takes asymmetric algorithms (${known.join(', ')}), as RFC 9449 §4.3 demands`,
  );
  return new Set(algorithms);
}

function toSeconds(option: string, value: unknown, min: number, max: number): number {
  demand(
    typeof value === 'number' && value >= min && value <= max,
    option,
    `takes seconds, ${min} to ${max}`,
  );
  return value as number;
}

function originOf(resource: string | undefined): string | undefined {
  return resource !== undefined && URL.canParse(resource) ? new URL(resource).origin : undefined;
}

function toBaseUrl(value: unknown): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : undefined;
  demand(
    /^https?:$/.test(url?.protocol ?? '') && !/[?#@]/.test(value as string),
    '.baseUrl',
    'is needed, unless bearer.resource is there: the URL that callers reach the API by, such as ' +
      'https://api.example.com, which proofs name (RFC 9449 §4.2)',
  );
  return (value as string).replace(/\/+$/, '');
}

function demand(met: boolean, option: string, fix: string): void {
  if (!met) {
    throw new TypeError(`ErrorsModule: bearer.dpop${option} ${fix}.`);
  }
}
