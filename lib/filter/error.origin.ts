import type { ErrorOrigin } from '../mapping/http-exception.mapping.js';
import type { AllowedMethods } from '../routes/allowed-methods.js';
import type { AnyRequest } from './request-context.js';

// Set by Nest's router on requests that pipes refused (@nestjs/core, rejected-by-pipes)
const REJECTED_BY_PIPES = Symbol.for('nestjs:rejected-by-pipes');

/** What a request tells of an error that arose in it. @internal */
export function originOf(request: AnyRequest, allowed: AllowedMethods | undefined): ErrorOrigin {
  const target = request.originalUrl ?? request.url ?? '';
  return {
    unknownRouteMessage: `Cannot ${request.method} ${target}`,
    allowedMethods: () => allowed?.of(target) ?? [],
    rejectedByPipes: REJECTED_BY_PIPES in request,
  };
}
