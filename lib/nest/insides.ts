import type { AbstractHttpAdapter, ApplicationConfig } from '@nestjs/core';
import { metadataKeys } from './metadata-keys.js';
import { canReadParameters } from './route-parameters.js';
import { canReadIssues } from './schema-pipe.js';
import { canTellErrorHandlers } from './streamable-file.js';

/** What is relied on of Nest beyond its documented names. */
interface Inside {
  readonly is: string;
  readonly isThere: boolean;
  /** What goes without it. */
  readonly costs: string;
}

/**
 * What this version of Nest hides of what is relied on, a sentence each: for one warning at start-up.
 * Nothing else comes of it; only a route that would be left open stops the start.
 *
 * @internal
 */
export function missingInsides(
  config: ApplicationConfig | undefined,
  adapter: AbstractHttpAdapter,
): string[] {
  return insidesOf(config, adapter)
    .filter(({ isThere }) => !isThere)
    .map(({ is, costs }) => `${is} cannot be reached on this version of Nest: ${costs}.`);
}

function insidesOf(config: ApplicationConfig | undefined, adapter: AbstractHttpAdapter): Inside[] {
  const handlers = adapter as { setNotFoundHandler?: unknown; setErrorHandler?: unknown };
  const has = (key: keyof typeof metadataKeys) => metadataKeys[key] !== undefined;
  return [
    {
      is: "The application's configuration",
      isThere: config !== undefined,
      costs:
        'the bearer guard runs in the order of APP_GUARD, ErrorsFilter is asked in that of ' +
        'APP_FILTER, undeclared errors are not looked for, and documents lack global prefixes, versions and enhancers',
    },
    {
      is: 'What @UseGuards(), @UsePipes() and @UseInterceptors() name',
      isThere: has('guards') && has('pipes') && has('interceptors'),
      costs: 'declared errors lack what these imply',
    },
    {
      is: 'What @UseFilters() names',
      isThere: has('filters'),
      costs: 'what gateways throw is left to Nest',
    },
    {
      is: 'The paths of routes',
      isThere: has('path') && has('method') && has('version'),
      costs: 'the catalogue and OpenAPI documents list no operations, and 405 is 404',
    },
    {
      is: 'The parameters of handlers',
      isThere: canReadParameters,
      costs:
        'declared errors lack those of pipes and validation, and event streams are left to Nest',
    },
    {
      is: 'The handlers of @Sse()',
      isThere: has('eventStream'),
      costs: 'late errors of event streams are left to Nest',
    },
    {
      is: 'The handlers of unknown routes and of framework errors',
      isThere:
        typeof handlers.setNotFoundHandler === 'function' &&
        typeof handlers.setErrorHandler === 'function',
      costs: 'both are answered with the text that Nest gives them',
    },
    {
      is: 'What StandardSchemaValidationPipe makes its messages of',
      isThere: canReadIssues,
      costs: 'what it refuses is INVALID_PARAMETER, in its own words',
    },
    {
      is: 'The error handler of a StreamableFile',
      isThere: canTellErrorHandlers,
      costs: 'files that fail are left to Nest',
    },
  ];
}
