/**
 * Makes sure that the packages of Nest's `ValidationPipe` are there, before Nest's own check, which ends the process.
 *
 * @throws Error that names the missing package and the fix.
 * @internal
 */
export async function assertValidationPackages(): Promise<void> {
  await Promise.all([
    load('class-validator', () => import('class-validator')),
    load('class-transformer', () => import('class-transformer')),
  ]);
}

async function load(name: string, importer: () => Promise<unknown>): Promise<void> {
  try {
    await importer();
  } catch (cause) {
    throw new Error(
      `ErrorsModule: validation is on and needs the package ${name}; install it ` +
        `(npm install class-validator class-transformer), or set validation: false.`,
      { cause },
    );
  }
}
