import {
  type ArgumentMetadata,
  DefaultValuePipe,
  type HttpException,
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFilePipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
  type Type,
  ValidationPipe,
} from '@nestjs/common';
import type { ApplicationConfig } from '@nestjs/core';
import { classOf } from './route-enhancers.js';

/** Nest's pipes that make a value of text, or refuse it. @internal */
export const parsePipes: readonly Type[] = [
  ParseArrayPipe,
  ParseBoolPipe,
  ParseDatePipe,
  ParseEnumPipe,
  ParseFilePipe,
  ParseFloatPipe,
  ParseIntPipe,
  ParseUUIDPipe,
] as readonly unknown[] as readonly Type[];

/** Whether a pipe is of one of these classes, or of one that extends it. */
function isOneOf(pipe: unknown, types: readonly Type[]): boolean {
  const type = classOf(pipe);
  return types.some((known) => type === known || type?.prototype instanceof known);
}

/** @internal */
export function isDefaultValuePipe(pipe: unknown): boolean {
  return isOneOf(pipe, [DefaultValuePipe]);
}

/** Whether a pipe is Nest's own and looks at single values: what it makes is no class's instance. @internal */
export function isPipeOfValues(pipe: unknown): boolean {
  return isOneOf(pipe, parsePipes) || isDefaultValuePipe(pipe);
}

/**
 * Whether a pipe validates: Nest's, one that extends it, or one that says so by its name, as those of
 * nestjs-zod and nestjs-i18n do; and of a factory, whether its source names such a pipe.
 *
 * @internal
 */
export function isValidationPipe(pipe: unknown): boolean {
  const type = classOf(pipe);
  return (
    type?.name.endsWith('ValidationPipe') === true ||
    isOneOf(pipe, [ValidationPipe]) ||
    (isFactory(pipe) && String(pipe).includes('ValidationPipe'))
  );
}

function isFactory(pipe: unknown): boolean {
  const prototype = typeof pipe === 'function' ? (pipe.prototype as object | undefined) : {};
  return !prototype || (typeof pipe === 'function' && !('transform' in prototype));
}

/** An application's global pipes: instances, or classes and factories of which Nest makes one for each request. @internal */
export function globalPipes(config: ApplicationConfig | undefined): unknown[] {
  return [
    ...(config?.getGlobalPipes() ?? []),
    ...(config?.getGlobalRequestPipes() ?? []).map(({ metatype }) => metatype),
  ];
}

/** How one of Nest's pipes refuses a value. @internal */
export interface Refusal {
  /** What makes the exception; `undefined` where Nest makes the pipe. */
  readonly exceptionFactory: unknown;
  /** `undefined` where the application makes the exception, in a way that is not known. */
  readonly status: number | undefined;
  /** Whether a value that is not there is refused. */
  readonly isRequired: boolean;
}

interface NestsPipe {
  readonly exceptionFactory?: unknown;
  readonly errorHttpStatusCode?: number;
  readonly options?: { readonly optional?: boolean; readonly default?: unknown };
  readonly fileIsRequired?: boolean;
}

/**
 * How a pipe refuses, where it is Nest's. One that is named by its class is made by Nest, without
 * options. The application's own factory of exceptions is not called to see what it makes.
 *
 * @internal
 */
export function refusalOf(pipe: unknown): Refusal | undefined {
  if (!isOneOf(pipe, [...parsePipes, ValidationPipe])) {
    return undefined;
  }
  if (typeof pipe === 'function') {
    return { exceptionFactory: undefined, status: 400, isRequired: true };
  }
  const { exceptionFactory, errorHttpStatusCode, options, fileIsRequired } = pipe as NestsPipe;
  const source = String(exceptionFactory);
  const status =
    source === PARSING
      ? (exceptionFactory as (text: string) => HttpException)('').getStatus()
      : source === VALIDATING
        ? errorHttpStatusCode
        : undefined;
  const hasDefault = options?.optional === true || options?.default !== undefined;
  return { exceptionFactory, status, isRequired: !hasDefault && fileIsRequired !== false };
}

/** The sources of Nest's own factories, by which they are told from an application's. */
const PARSING = String((new ParseIntPipe() as unknown as NestsPipe).exceptionFactory);
const VALIDATING = String(ValidationPipe.prototype.createExceptionFactory());

/** What a pipe refused. @internal */
export interface RefusedArgument {
  readonly metadata: ArgumentMetadata;
  readonly isMissing: boolean;
}

const OBSERVED = Symbol.for('nestjs-api-errors:observed-pipe');
const REFUSED = Symbol.for('nestjs-api-errors:refused-argument');

type Transform = (this: unknown, value: unknown, metadata: ArgumentMetadata) => unknown;
/** @internal */
export interface ObservablePipe {
  transform: Transform & { [OBSERVED]?: true };
}

/**
 * Notes, on what Nest's own pipes throw, the argument that they refused: the exception alone tells
 * neither that a pipe made it, nor of which parameter. They go on as they are, subclasses too.
 *
 * @internal
 */
export function observeParsePipes(): void {
  for (const type of parsePipes) {
    observePipe(type, (error, metadata, value) => {
      if (typeof error === 'object' && error !== null && Object.isExtensible(error)) {
        const refused: RefusedArgument = { metadata, isMissing: value === undefined };
        Object.defineProperty(error, REFUSED, { value: refused, configurable: true });
      }
      return error;
    });
  }
}

/** Whether a pipe is observed already, by whichever copy of this library. @internal */
export function isObserved({ prototype }: Type<ObservablePipe>): boolean {
  return (prototype as ObservablePipe).transform[OBSERVED] === true;
}

/**
 * Lets a pipe of Nest's throw what `refused` makes of what it throws.
 *
 * @internal
 */
export function observePipe(
  { prototype }: Type<ObservablePipe> | Type,
  refused: (error: unknown, metadata: ArgumentMetadata, value: unknown) => unknown,
): void {
  const pipe = prototype as ObservablePipe;
  const { transform } = pipe;
  if (transform[OBSERVED]) {
    return;
  }
  const observed: Transform = function (value, metadata) {
    const rethrow = (error: unknown): never => {
      throw refused(error, metadata, value);
    };
    try {
      const result = transform.call(this, value, metadata);
      return result instanceof Promise ? result.catch(rethrow) : result;
    } catch (error) {
      return rethrow(error);
    }
  };
  pipe.transform = Object.assign(observed, { [OBSERVED]: true as const });
}

/** The argument that one of Nest's pipes refused by throwing this. @internal */
export function refusedArgument(thrown: unknown): RefusedArgument | undefined {
  return (thrown as { [REFUSED]?: RefusedArgument } | null | undefined)?.[REFUSED];
}
