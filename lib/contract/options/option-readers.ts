/**
 * Reads one option: checks what was given and completes it with its default.
 *
 * @param name - of the option, with what it belongs to: `ErrorsModule: bearer.realm`
 * @throws TypeError that names the option and the fix.
 * @internal
 */
export type OptionReader<Value> = (given: unknown, name: string) => Value;

/** A reader for each option of `Options`; `satisfies` holds the list of them complete. @internal */
export type OptionReaders<Options> = {
  readonly [Name in keyof Required<Options>]: OptionReader<unknown>;
};

/** Options once they are read. @internal */
export type Read<Readers> = {
  readonly [Name in keyof Readers]: Readers[Name] extends OptionReader<infer Value> ? Value : never;
};

/** @throws TypeError @internal */
export function refuseOption(name: string, demand: string): never {
  throw new TypeError(`${name} ${demand}.`);
}

/** An object of these options and no others; `undefined` is one that gives none. @internal */
export function objectOf<Readers extends Readonly<Record<string, OptionReader<unknown>>>>(
  readers: Readers,
): OptionReader<Read<Readers>> {
  return (given = {}, name) => {
    if (!isObject(given)) {
      refuseOption(name, `takes an object with ${Object.keys(readers).join(', ')}${got(given)}`);
    }
    const wrong = Object.keys(given).find((key) => !Object.hasOwn(readers, key));
    if (wrong !== undefined) {
      refuseOption(join(name, wrong), `is no option; there are ${Object.keys(readers).join(', ')}`);
    }
    return Object.fromEntries(
      Object.entries(readers).map(([key, read]) => [key, read(given[key], join(name, key))]),
    ) as Read<Readers>;
  };
}

/** `ErrorsModule` → `ErrorsModule: bearer` → `ErrorsModule: bearer.realm` */
function join(name: string, key: string): string {
  return name.includes(': ') ? `${name}.${key}` : `${name}: ${key}`;
}

/** `undefined` where it is not given. @internal */
export function optional<Value>(read: OptionReader<Value>): OptionReader<Value | undefined> {
  return (given, name) => (given === undefined ? undefined : read(given, name));
}

/** `fallback` where it is not given. @internal */
export function withDefault<Value>(
  fallback: Value,
  read: OptionReader<Value>,
): OptionReader<Value> {
  return (given, name) => (given === undefined ? fallback : read(given, name));
}

/** What a test says yes to. @internal */
export function that<Value>(
  demand: string,
  isRight: (given: unknown) => boolean,
): OptionReader<Value> {
  return (given, name) =>
    isRight(given) ? (given as Value) : refuseOption(name, `${demand}${got(given)}`);
}

/** As {@link that}, of what no message may repeat. @internal */
export function secretThat<Value>(
  demand: string,
  isRight: (given: unknown) => boolean,
): OptionReader<Value> {
  return (given, name) => (isRight(given) ? (given as Value) : refuseOption(name, demand));
}

/** @internal */
export function flag(fallback = false): OptionReader<boolean> {
  return withDefault(
    fallback,
    that<boolean>('takes true or false', (given) => typeof given === 'boolean'),
  );
}

/** @internal */
export function oneOf<const Value extends string>(values: readonly Value[]): OptionReader<Value> {
  return that<Value>(`takes ${values.join(', ')}`, (given) => values.includes(given as Value));
}

/** A number within bounds, both of them included. @internal */
export function numberFrom(
  min: number,
  max: number,
  { unit = '', whole = false }: { readonly unit?: string; readonly whole?: boolean } = {},
): OptionReader<number> {
  const what = unit || (whole ? 'a whole number' : 'a number');
  const range = max === Number.MAX_SAFE_INTEGER ? `${min} at least` : `${min} to ${max}`;
  return that<number>(
    `takes ${what}, ${range}`,
    (given) =>
      typeof given === 'number' &&
      given >= min &&
      given <= max &&
      (!whole || Number.isInteger(given)),
  );
}

/** One non-empty text, or a list of them. @internal */
export function texts(what: string): OptionReader<readonly string[]> {
  const isText = (text: unknown) => typeof text === 'string' && text !== '';
  const read = that<string | readonly string[]>(
    `is needed: ${what}, or an array of one or more`,
    (given) => (Array.isArray(given) ? given.length > 0 && given.every(isText) : isText(given)),
  );
  return (given, name) => [read(given, name)].flat();
}

/** A list of what `isItem` says yes to. @internal */
export function listOf<Item>(
  demand: string,
  isItem: (given: unknown) => boolean,
): OptionReader<readonly Item[]> {
  return that<readonly Item[]>(
    demand,
    (given) => Array.isArray(given) && given.length > 0 && given.every(isItem),
  );
}

/** An object that has these methods. @internal */
export function objectWith<Value>(demand: string, ...methods: string[]): OptionReader<Value> {
  return that<Value>(
    demand,
    (given) =>
      typeof given === 'object' &&
      given !== null &&
      methods.every((name) => typeof (given as Record<string, unknown>)[name] === 'function'),
  );
}

/** @internal */
export function functionThat<Value>(demand: string): OptionReader<Value> {
  return that<Value>(demand, (given) => typeof given === 'function');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const MAX_SHOWN = 100;

/** What was given, as far as it helps: an object may hold what no message should. */
function got(given: unknown): string {
  const shown =
    typeof given === 'string'
      ? `'${given.slice(0, MAX_SHOWN)}'`
      : given === null || ['number', 'boolean', 'undefined'].includes(typeof given)
        ? String(given)
        : Array.isArray(given)
          ? 'an array'
          : typeof given === 'function'
            ? 'a function'
            : `a ${typeof given}`.replace('a object', 'an object');
  return `; got ${shown}`;
}
