import { optionalPackage } from './optional-package.js';

type ClassValidator = typeof import('class-validator');
type ClassTransformer = typeof import('class-transformer');
/** Where class-transformer keeps what `@Type()` says, which no function of it tells. */
type TypeStorage = {
  findTypeMetadata(
    target: unknown,
    property: string,
  ): { readonly typeFunction?: () => unknown; readonly reflectedType?: unknown } | undefined;
};

type TypeStorageModule = { readonly defaultMetadataStorage?: TypeStorage };

/** What is asked of class-validator and class-transformer. @internal */
export interface ValidatorPackages
  extends
    Pick<ClassValidator, 'getMetadataStorage' | 'IsOptional' | 'validate'>,
    Pick<ClassTransformer, 'plainToInstance'> {
  /** Names of the rules that class-validator itself has. */
  readonly ownRules: ReadonlySet<string>;
  /** `undefined` where class-transformer keeps it elsewhere. */
  readonly types: TypeStorage | undefined;
}

let loaded: ValidatorPackages | undefined;

/** The packages, where an application of this process has loaded them. @internal */
export function validatorPackages(): ValidatorPackages | undefined {
  return loaded;
}

/**
 * The packages of Nest's `ValidationPipe`, looked for before Nest's own check, which ends the process.
 *
 * @param use - whether Nest's pipe is used; unasked, classes can only have rules where class-validator
 * is there
 * @returns `undefined` where they are not there and not needed
 * @throws Error that names the missing package and the fix.
 * @internal
 */
export async function loadValidatorPackages(
  use: 'asked' | 'unasked' | 'off',
): Promise<ValidatorPackages | undefined> {
  const [validator, transformer, storage] = await Promise.all([
    optionalPackage(() => import('class-validator')),
    optionalPackage(() => import('class-transformer')),
    optionalPackage<TypeStorageModule>(
      // @ts-expect-error -- it has no declarations there
      () => import('class-transformer/cjs/storage.js') as Promise<TypeStorageModule>,
    ),
  ]);
  if (validator && transformer) {
    const { getMetadataStorage, IsOptional, validate } = validator;
    const { plainToInstance } = transformer;
    const ownRules = new Set(Object.values(validator).filter((value) => typeof value === 'string'));
    const types = storage?.defaultMetadataStorage;
    loaded = { getMetadataStorage, IsOptional, validate, plainToInstance, ownRules, types };
    return loaded;
  }
  if (use === 'asked' || (use === 'unasked' && validator)) {
    throw new Error(
      `ErrorsModule: validation is on and needs the package ` +
        `${validator ? 'class-transformer' : 'class-validator'}; install it ` +
        `(npm install class-validator class-transformer), or set validation: false.`,
    );
  }
  return undefined;
}
