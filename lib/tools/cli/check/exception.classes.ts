import * as common from '@nestjs/common';
import type { CatalogueEntry } from '../../../contract/catalogue/catalogue-entry.js';
import { isErrorCode } from '../../../contract/catalogue/error-code.js';
import { type ResourceRowKey, resourceRow } from '../../../contract/catalogue/resource-rows.js';
import { rowForStatus } from '../../../contract/catalogue/status-rows.js';
import * as bearer from '../../../contract/exceptions/bearer.exceptions.js';
import * as contract from '../../../contract/exceptions/contract.exceptions.js';
import * as dpop from '../../../contract/exceptions/dpop.exceptions.js';
import * as stepUp from '../../../contract/exceptions/step-up.exception.js';
import { mapHttpException } from '../../../mapping/http/nest-exception.mapping.js';
import { nestExceptions, shown } from '../adopt/present.exceptions.js';
import { UNKNOWN } from '../adopt/static.value.js';
import type { Lineage, Naming } from './effects.js';
import type { Origin } from './origins.js';
import { LIBRARY } from './project.js';

/** What is known of a class of errors. @internal */
export interface ExceptionClass {
  readonly lineage: Lineage;
  readonly naming?: Naming | undefined;
  /** What `@Throws()` declares with it. */
  readonly declares?: CatalogueEntry | undefined;
  /**
   * What an instance is answered with that was made with these.
   *
   * @returns `'unknown'` where only the running application knows, `undefined` where it is no exception
   */
  answer(args: readonly unknown[]): CatalogueEntry | 'unknown' | undefined;
  /** The class that `.for()` makes. */
  forResource?(resource: string): ExceptionClass | undefined;
}

const API_EXCEPTION: Lineage = ['lib ApiException', 'nest HttpException', 'Error'];

type WithRow = CatalogueEntry & { readonly name: string };

const withRows = new Map(
  [contract, bearer, dpop, stepUp]
    .flatMap((module) => Object.entries(module))
    .filter(([, exported]) => typeof exported === 'function' && 'code' in exported)
    .map(([name, exported]) => [name, exported as unknown as WithRow]),
);

const RESOURCES: Readonly<Record<string, ResourceRowKey>> = {
  InvalidResourceException: 'invalidResource',
  ResourceNotExistException: 'resourceNotExist',
  ResourceAlreadyExistException: 'resourceAlreadyExist',
};

/** The class of errors that a package exports under a name. @internal */
export function exceptionOf({ package: from, name }: Origin): ExceptionClass | undefined {
  if (from === '@nestjs/common') {
    return nestExceptions.has(name) ? ofNest(name) : undefined;
  }
  if (from !== LIBRARY) {
    return undefined;
  }
  const known = withRows.get(name);
  if (known) {
    const { status, code, description } = known;
    return { ...fixed({ status, code, description }, `lib ${name}`), naming: named(name) };
  }
  const key = RESOURCES[name];
  return key ? ofResources(name, key) : name === 'ApiException' ? apiException() : undefined;
}

/** A class whose row is what it is. @internal */
export function fixed(row: CatalogueEntry, ...own: readonly string[]): ExceptionClass {
  return { lineage: [...own, ...API_EXCEPTION], declares: row, answer: () => row };
}

/** An error of whatever else: a mapper's, or 500. @internal */
export function plainError(...lineage: readonly string[]): ExceptionClass {
  return { lineage: [...lineage, 'Error'], answer: () => undefined };
}

function apiException(): ExceptionClass {
  return { lineage: API_EXCEPTION, answer: ([row]) => entryOf(row) ?? 'unknown' };
}

/** What `defineException()` and `ApiException` are given. @internal */
export function entryOf(value: unknown): CatalogueEntry | undefined {
  const { status, code, description } = Object(value) as Partial<CatalogueEntry>;
  return typeof status === 'number' && isErrorCode(code)
    ? { status, code, description: typeof description === 'string' ? description : '' }
    : undefined;
}

function named(name: string, resource?: string): Naming {
  return { from: { package: LIBRARY }, name, resource };
}

function ofResources(name: string, key: ResourceRowKey): ExceptionClass {
  const id = `lib ${name}`;
  const forResource = (resource: string): ExceptionClass | undefined =>
    isErrorCode(resource)
      ? {
          ...fixed(resourceRow(key, resource), `${id} ${resource}`, id),
          naming: named(name, resource),
        }
      : undefined;
  return {
    lineage: [id, ...API_EXCEPTION],
    forResource,
    answer: ([resource]) =>
      (typeof resource === 'string' ? forResource(resource)?.declares : undefined) ?? 'unknown',
  };
}

function ofNest(name: string): ExceptionClass {
  const lineage: string[] = [];
  let current: unknown = nestExceptions.get(name);
  while (typeof current === 'function' && current !== Error && current !== Function.prototype) {
    lineage.push(`nest ${current.name}`);
    current = Object.getPrototypeOf(current);
  }
  return {
    lineage: [...lineage, 'Error'],
    ...(name !== 'HttpException' && {
      naming: { from: { package: '@nestjs/common' }, name },
      declares: rowForStatus(new (nestExceptions.get(name)!)().getStatus()),
    }),
    answer: (args) => nestAnswer(name, args),
  };
}

/** Made here as it is made there, and mapped as it will be. */
function nestAnswer(
  name: string,
  args: readonly unknown[],
): CatalogueEntry | 'unknown' | undefined {
  if (args.includes(UNKNOWN) && name === 'HttpException' && typeof args[1] !== 'number') {
    return 'unknown';
  }
  let made: common.HttpException;
  try {
    made = new (nestExceptions.get(name)!)(...args.map((value) => shown(value)));
  } catch {
    return 'unknown';
  }
  const status = made.getStatus();
  if (typeof status !== 'number') {
    return 'unknown';
  }
  // No error but an answer of the application's, a redirection for instance
  if (status < 400) {
    return undefined;
  }
  const { code } = mapHttpException(made, {});
  return { ...rowForStatus(status), code };
}

/** What to name in `@Throws()` for a row that is made by no class of its own. @internal */
export function namingOfRow({ status, code }: CatalogueEntry): Naming | undefined {
  const own = [...withRows].find(
    ([name, row]) => row.status === status && row.code === code && !name.startsWith('Invalid'),
  );
  const ofParameter = status === 400 && code === 'INVALID_PARAMETER';
  if (own || ofParameter) {
    return named(ofParameter ? 'InvalidParameterException' : own![0]);
  }
  const nests = [...nestExceptions.keys()].find((name) => {
    const declared = name === 'HttpException' ? undefined : ofNest(name).declares;
    return declared?.status === status && declared.code === code;
  });
  return nests === undefined ? undefined : { from: { package: '@nestjs/common' }, name: nests };
}
