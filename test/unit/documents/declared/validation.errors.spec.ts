import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNotIn,
  IsOptional,
  IsPositive,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  NotEquals,
  ValidateNested,
} from 'class-validator';
import fc from 'fast-check';
import { ApiException, type ValidationOptions } from 'nestjs-api-errors';
import type { RouteParameter } from '../../../../lib/nest/route-parameters.js';
import { validationErrors } from '../../../../lib/documents/declared/validation.errors.js';
import { loadValidatorPackages } from '../../../../lib/mapping/validation/validator.packages.js';
import { ErrorsValidationPipe } from '../../../../lib/mapping/validation/errors-validation.pipe.js';

class Part {
  @IsOptional() @Max(3) size?: number;
  @MaxLength(2) name: string;
}

const rules: (() => PropertyDecorator)[] = [
  () => IsOptional(),
  () => IsDefined(),
  () => IsString(),
  () => IsInt(),
  () => IsBoolean(),
  () => IsArray(),
  () => IsNotEmpty(),
  () => IsPositive(),
  () => IsIn(['a', 1]),
  () => IsNotIn(['a', 1]),
  () => NotEquals(1),
  () => Min(2),
  () => Max(3),
  () => Length(1, 2),
  () => MaxLength(2),
  () => MaxLength(2, { each: true }),
  () => ArrayMaxSize(1),
  () => ValidateNested(),
];

const NAMES = ['first', 'second', 'part'] as const;

/** A DTO with some of the rules on each of its properties, of which one has parts. */
const dtos = fc
  .record({
    first: fc.subarray(rules, { maxLength: 3 }),
    second: fc.subarray(rules, { maxLength: 3 }),
    part: fc.subarray(rules, { maxLength: 3 }),
    preset: fc.boolean(),
  })
  .map(({ preset, ...decorators }) => {
    class Bare {
      first?: unknown;
    }
    class Preset {
      first?: unknown = 'a';
    }
    const Dto: new () => object = preset ? Preset : Bare;
    for (const name of NAMES) {
      decorators[name].forEach((rule) => rule()(Dto.prototype as object, name));
    }
    Type(() => Part)(Dto.prototype as object, 'part');
    return Dto;
  });

const parts = fc.record({ size: fc.integer(), name: fc.string() }, { requiredKeys: [] });
const values = fc.oneof(
  fc.constantFrom(null, true, 'a', 'abc', 0, 1, 9, -1, 1.5),
  fc.array(fc.constantFrom('a', 'abc', 1), { maxLength: 3 }),
  parts,
  fc.array(parts, { maxLength: 2 }),
);
const bodies = fc.record({ first: values, second: values, part: values }, { requiredKeys: [] });
const options: fc.Arbitrary<ValidationOptions> = fc.record(
  {
    whitelist: fc.boolean(),
    forbidNonWhitelisted: fc.boolean(),
    forbidUnknownValues: fc.boolean(),
    skipMissingProperties: fc.boolean(),
    skipUndefinedProperties: fc.boolean(),
    stopAtFirstError: fc.boolean(),
    code: fc.constant('INVALID_PARAMETER' as const),
  },
  { requiredKeys: [] },
);

describe('validationErrors()', () => {
  it('has every code that the validation of a body is refused with', async () => {
    const packages = (await loadValidatorPackages('asked'))!;
    await fc.assert(
      fc.asyncProperty(
        dtos,
        options,
        fc.array(bodies, { minLength: 5, maxLength: 5 }),
        async (dto, chosen, sent) => {
          const parameter: RouteParameter = {
            in: 'body',
            name: undefined,
            metatype: dto,
            schema: undefined,
            pipes: [],
          };
          const declared = validationErrors(parameter, chosen, packages).map(({ code }) => code);
          const met = await Promise.all(sent.map((body) => codeOf(body, dto, chosen)));
          expect(declared).toEqual(
            expect.arrayContaining(met.filter((code) => code !== undefined)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** What a body is refused with. */
async function codeOf(
  body: unknown,
  metatype: new () => object,
  chosen: ValidationOptions,
): Promise<string | undefined> {
  try {
    await new ErrorsValidationPipe(chosen).transform(body, { type: 'body', metatype });
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ApiException);
    return (error as ApiException).code;
  }
}
