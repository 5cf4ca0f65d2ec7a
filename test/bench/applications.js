/**
 * What is put under test, each in a process of its own: which of `apps/`, and its options.
 *
 * @type {Readonly<Record<string, { app: string, options?: Record<string, unknown> }>>}
 */
export const APPLICATIONS = {
  nest: { app: 'nest' },
  nestSuccess: { app: 'nest' },
  nestLogged: { app: 'nest', options: { logger: true } },
  problemDetails: { app: 'problem-details' },
  errors: { app: 'errors' },
  errorsLogged: { app: 'errors', options: { logger: true } },
  errorsOnNest: { app: 'errors', options: { throws: 'nest' } },
  validatedByNest: { app: 'validated', options: { pipe: 'nest' } },
  validatedByErrors: { app: 'validated', options: { pipe: 'ours' } },
  bearer: { app: 'bearer' },
  joseGuard: { app: 'jose-guard' },
  expressOauth2: { app: 'express-oauth2' },
};
