import type { Type } from '@nestjs/common';
import type { FailureKind } from '../validation/validation-code.js';
import { type DtoProperty, dtoProperties, type ValidatedDto } from './dto-property.js';
import type { ValidatorPackages } from './validator.packages.js';

/**
 * The kinds of failure that the rules of a DTO can answer with, those of nested DTOs included.
 *
 * @internal
 */
export function dtoFailures(dto: ValidatedDto, packages: ValidatorPackages): Set<FailureKind> {
  const properties = allProperties(dto, packages);
  const kindsOfEach = properties
    .map(({ required, kinds }) => new Set<FailureKind>(required ? ['missing', ...kinds] : kinds))
    .filter(({ size }) => size > 0);
  const kinds = new Set(kindsOfEach.flatMap((each) => [...each]));
  // Failures of several kinds at once have none in common
  const mixed = kindsOfEach.length > 1 && kinds.size > 1;
  const contradictory = properties.some((property) => property.kinds.size > 1);
  if (mixed || contradictory || refusesUnknown(dto, properties)) {
    kinds.add('invalid');
  }
  return kinds;
}

/** Depth first, each class once. */
function allProperties(root: ValidatedDto, packages: ValidatorPackages): DtoProperty[] {
  const seen = new Set<Type>();
  const visit = (dto: Type): DtoProperty[] => {
    seen.add(dto);
    const own = dtoProperties({ ...root, type: dto }, packages);
    const nested = own
      .filter((property) => property.nested)
      .map(({ name }) => nestedType(dto, name, packages))
      .filter((child) => child !== undefined)
      .flatMap((child) => (seen.has(child) ? [] : visit(child)));
    return [...own, ...nested];
  };
  return visit(root.type);
}

function refusesUnknown(
  { options }: ValidatedDto,
  properties: readonly DtoProperty[],
): boolean | undefined {
  return (
    (options.whitelist && options.forbidNonWhitelisted) ||
    (options.forbidUnknownValues && properties.length === 0)
  );
}

/**
 * The class that class-transformer makes of a nested value: it alone knows, from `@Type()`, what an
 * array, a map or a set is of.
 */
function nestedType(dto: Type, property: string, packages: ValidatorPackages): Type | undefined {
  for (const value of [[{}], { key: {} }]) {
    const made = transformed(dto, property, value, packages);
    const item = made instanceof Map || made instanceof Set ? [...made.values()][0] : made;
    const nested: unknown = Array.isArray(item) ? item[0] : item;
    const type: unknown = (nested as object | undefined)?.constructor;
    if (typeof type === 'function' && type !== Object) {
      return type as Type;
    }
  }
  return Reflect.getMetadata('design:type', dto.prototype as object, property) as Type | undefined;
}

function transformed(
  dto: Type,
  property: string,
  value: unknown,
  { plainToInstance }: ValidatorPackages,
): unknown {
  try {
    return (plainToInstance(dto, { [property]: value }) as Record<string, unknown>)[property];
  } catch {
    // A transformation of the application's own, made for other values
    return undefined;
  }
}
