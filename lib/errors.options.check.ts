import { toDpopSettings } from './dpop/dpop.settings.js';
import type { ErrorsModuleOptions } from './errors.options.js';
import { checkResource } from './metadata/resource.check.js';
import { isCataloguePath } from './publish/catalogue.options.js';

const LEVELS = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal'];
const REALM = /^[\x20-\x7e]+$/;
const UNDECLARED = ['log', 'error', 'ignore'];
const OPTIONS = [
  'validation',
  'bearer',
  'mappers',
  'body',
  'strict',
  'methodNotAllowed',
  'log',
  'catalogue',
  'undeclared',
  'onError',
];

/**
 * Checks what the type system cannot: options may come from configuration, or from JavaScript.
 *
 * @throws TypeError that names the option and the fix.
 * @internal
 */
export function checkOptions(options: ErrorsModuleOptions): ErrorsModuleOptions {
  for (const name of Object.keys(options)) {
    demand(OPTIONS.includes(name), name, `is no option; there are ${OPTIONS.join(', ')}`);
  }
  const { validation, mappers = [], strict = false, body = {} } = options;
  demand(
    validation !== null && validation !== (true as never),
    'validation',
    'takes options or false',
  );
  demand(Array.isArray(mappers), 'mappers', 'takes an array of mappers');
  demand(typeof strict === 'boolean', 'strict', 'takes true or false');
  demand(
    typeof body === 'object' && body !== null,
    'body',
    'takes an object, { failures: true } for instance',
  );
  demand(
    options.onError === undefined || typeof options.onError === 'function',
    'onError',
    'takes a function of an ErrorReport',
  );
  demand(
    options.catalogue === undefined || isCataloguePath(options.catalogue?.path),
    'catalogue.path',
    "takes a path without parameters, wildcards or a slash at its end, such as '/errors'",
  );
  demand(
    options.undeclared === undefined || UNDECLARED.includes(options.undeclared),
    'undeclared',
    `takes ${UNDECLARED.join(', ')}`,
  );
  checkLog(options.log);
  checkBearer(options.bearer);
  return options;
}

function checkLog(policy: ErrorsModuleOptions['log'] = {}): void {
  for (const [key, level] of Object.entries(policy)) {
    demand(
      level === false || LEVELS.includes(level),
      `log.${key}`,
      `takes a level (${LEVELS.join(', ')}) or false`,
    );
  }
}

function checkBearer(bearer: ErrorsModuleOptions['bearer'] = {}): void {
  const { realm, verifier, global } = bearer;
  demand(
    realm === undefined || (typeof realm === 'string' && REALM.test(realm)),
    'bearer.realm',
    'takes printable ASCII, as a quoted-string carries it everywhere (RFC 9110 §5.6.4)',
  );
  demand(
    global !== true || verifier !== undefined,
    'bearer.verifier',
    'is missing, and bearer.global guards every route; give it a TokenVerifier, such as ' +
      'JwtTokenVerifier of nestjs-api-errors/jwt',
  );
  const instance = verifier as { verify?: unknown } | undefined;
  demand(
    verifier === undefined ||
      typeof verifier === 'function' ||
      typeof instance?.verify === 'function',
    'bearer.verifier',
    'takes a TokenVerifier: a class, or an object with a method verify(token)',
  );
  checkResource(bearer);
  toDpopSettings(bearer);
}

function demand(met: boolean, option: string, fix: string): void {
  if (!met) {
    throw new TypeError(`ErrorsModule: ${option} ${fix}.`);
  }
}
