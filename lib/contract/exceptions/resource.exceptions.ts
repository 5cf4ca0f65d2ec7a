import type { ResourceName } from '../catalogue/error-code.js';
import { type ResourceCode, resourceRow } from '../catalogue/resource-rows.js';
import type { ApiExceptionOptions } from './api-exception.options.js';
import { ApiException } from './api.exception.js';
import type { ApiExceptionClass } from './define-exception.js';
import { resourceClass } from './resource-class.js';

/**
 * 400 INVALID_{RESOURCE}: the content of the resource is not valid as a whole.
 *
 * @example `throw new InvalidResourceException('BOOK')` answers INVALID_BOOK.
 * @publicApi
 */
export class InvalidResourceException<const Name extends string = string> extends ApiException<
  400,
  ResourceCode<'INVALID_{RESOURCE}', Name>
> {
  /**
   * @param resource - name of the resource, UPPER_SNAKE_CASE
   * @throws TypeError where the name is anything else.
   */
  constructor(
    resource: Name & ResourceName<Name>,
    descriptionOrOptions?: string | ApiExceptionOptions,
    options?: ApiExceptionOptions,
  ) {
    super(resourceRow('invalidResource', resource), descriptionOrOptions, options);
  }

  /**
   * The class for one resource, with a static catalogue row: for `@Throws()`, or to be thrown.
   *
   * @throws TypeError where the name is not UPPER_SNAKE_CASE.
   */
  static for<const Name extends string>(
    resource: Name & ResourceName<Name>,
  ): ApiExceptionClass<400, ResourceCode<'INVALID_{RESOURCE}', Name>> {
    return resourceClass('invalidResource', resource, InvalidResourceException);
  }
}

/**
 * 404 {RESOURCE}_NOT_EXIST: no such resource.
 *
 * @example `throw new ResourceNotExistException('BOOK')` answers BOOK_NOT_EXIST.
 * @publicApi
 */
export class ResourceNotExistException<const Name extends string = string> extends ApiException<
  404,
  ResourceCode<'{RESOURCE}_NOT_EXIST', Name>
> {
  /**
   * @param resource - name of the resource, UPPER_SNAKE_CASE
   * @throws TypeError where the name is anything else.
   */
  constructor(
    resource: Name & ResourceName<Name>,
    descriptionOrOptions?: string | ApiExceptionOptions,
    options?: ApiExceptionOptions,
  ) {
    super(resourceRow('resourceNotExist', resource), descriptionOrOptions, options);
  }

  /**
   * The class for one resource, with a static catalogue row: for `@Throws()`, or to be thrown.
   *
   * @throws TypeError where the name is not UPPER_SNAKE_CASE.
   */
  static for<const Name extends string>(
    resource: Name & ResourceName<Name>,
  ): ApiExceptionClass<404, ResourceCode<'{RESOURCE}_NOT_EXIST', Name>> {
    return resourceClass('resourceNotExist', resource, ResourceNotExistException);
  }
}

/**
 * 409 {RESOURCE}_ALREADY_EXIST: the resource exists already.
 *
 * @example `throw new ResourceAlreadyExistException('BOOK')` answers BOOK_ALREADY_EXIST.
 * @publicApi
 */
export class ResourceAlreadyExistException<const Name extends string = string> extends ApiException<
  409,
  ResourceCode<'{RESOURCE}_ALREADY_EXIST', Name>
> {
  /**
   * @param resource - name of the resource, UPPER_SNAKE_CASE
   * @throws TypeError where the name is anything else.
   */
  constructor(
    resource: Name & ResourceName<Name>,
    descriptionOrOptions?: string | ApiExceptionOptions,
    options?: ApiExceptionOptions,
  ) {
    super(resourceRow('resourceAlreadyExist', resource), descriptionOrOptions, options);
  }

  /**
   * The class for one resource, with a static catalogue row: for `@Throws()`, or to be thrown.
   *
   * @throws TypeError where the name is not UPPER_SNAKE_CASE.
   */
  static for<const Name extends string>(
    resource: Name & ResourceName<Name>,
  ): ApiExceptionClass<409, ResourceCode<'{RESOURCE}_ALREADY_EXIST', Name>> {
    return resourceClass('resourceAlreadyExist', resource, ResourceAlreadyExistException);
  }
}
