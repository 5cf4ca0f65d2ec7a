import type { ErrorsModuleOptions } from 'nestjs-api-errors';

/** The options that the README lists, with the defaults that it names. */
export const defaults: ErrorsModuleOptions = {
  validation: undefined,
  bearer: {
    verifier: undefined,
    global: false,
    realm: 'api',
    formToken: false,
    dpop: undefined,
    mutualTls: undefined,
    resource: undefined,
  },
  mappers: [],
  body: { failures: false, requestId: false, members: undefined },
  requestId: undefined,
  rows: undefined,
  problem: false,
  strict: false,
  methodNotAllowed: false,
  log: {},
  onError: undefined,
  undeclared: undefined,
  catalogue: undefined,
};
