/** What Node says of an `import` and of a `require()` that finds nothing. */
const NOT_FOUND = new Set<unknown>(['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND']);

/** @returns `undefined` where the application has not got the package @internal */
export async function optionalPackage<Package>(
  load: () => Promise<Package>,
): Promise<Package | undefined> {
  try {
    return await load();
  } catch (error) {
    if (NOT_FOUND.has((error as { code?: unknown }).code)) {
      return undefined;
    }
    throw error;
  }
}
