/** What is asked of class-validator and class-transformer about a DTO. @internal */
export interface ValidatorPackages {
  readonly getMetadataStorage: typeof import('class-validator').getMetadataStorage;
  readonly plainToInstance: typeof import('class-transformer').plainToInstance;
}

/** @returns `undefined` where the application has not got them: nothing is validated then @internal */
export async function loadValidatorPackages(): Promise<ValidatorPackages | undefined> {
  try {
    const [{ getMetadataStorage }, { plainToInstance }] = await Promise.all([
      import('class-validator'),
      import('class-transformer'),
    ]);
    return { getMetadataStorage, plainToInstance };
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}
