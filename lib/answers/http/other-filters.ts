import type { ApplicationConfig } from '@nestjs/core';
import { ApiException } from '../../contract/exceptions/api.exception.js';
import {
  catches,
  extendsNestsFilter,
  globalFilters,
  standInForNestsFilter,
} from '../../nest/exception-filters.js';
import { isNoError } from '../../nest/nest-exceptions.js';
import type { AnyRequest } from '../../nest/request.js';
import type { AnyResponse } from '../../nest/response.js';
import { isErrorsFilter } from './errors.filter.js';
import { responderOf } from './http.responder.js';

/**
 * Answers what a filter of the application leaves to Nest's own, which it extends: `super.catch()` of
 * an error tracker's filter for instance.
 *
 * @internal
 */
export function answerForNestsFilter(): void {
  standInForNestsFilter((thrown, host) => {
    const response = host.getType() === 'http' && host.getArgByIndex<AnyResponse | null>(1);
    const responder = response && !isNoError(thrown) ? responderOf(response) : undefined;
    responder?.respond(thrown, host.getArgByIndex<AnyRequest>(0), response as AnyResponse);
    return responder !== undefined;
  });
}

/**
 * The global filters of an application that take every error of the catalogue before ErrorsFilter is
 * asked, with what is to be done, a message each.
 *
 * @internal
 */
export function filtersInTheWay(config: ApplicationConfig | undefined): string[] {
  return globalFilters(config)
    .filter((filter) => catches(filter, ApiException) && !isErrorsFilter(filter))
    .map((filter) => {
      const consequence = extendsNestsFilter(filter)
        ? 'what it passes to super.catch() follows the contract, what it answers itself does not'
        : 'what it answers does not follow the contract';
      return (
        `${filter.name || 'A filter'} catches every error before ErrorsFilter does: ${consequence}. ` +
        'Remove it and tell of errors in onError, let it extend ErrorsFilter instead and call ' +
        'super.catch(), or name in @Catch() the errors that it is for.'
      );
    });
}
