import type { ErrorsModuleOptions } from 'nestjs-api-errors';

/** The options that the README lists, with the defaults that it names. */
export const defaults: ErrorsModuleOptions = {
  validation: {},
  bearer: {
    verifier: undefined,
    global: false,
    realm: 'api',
    formToken: false,
    dpop: undefined,
    resource: undefined,
  },
  mappers: [],
  body: { failures: false, requestId: false },
  strict: false,
  methodNotAllowed: false,
  log: {},
  onError: undefined,
  undeclared: 'log',
  catalogue: undefined,
};
