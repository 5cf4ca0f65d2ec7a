import type { Type } from '@nestjs/common';
import type { FailureKind } from './validation-failure.js';
import { nestedType } from './class-validator.metadata.js';
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
      .map(({ name }) => nestedType(dto, name))
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
