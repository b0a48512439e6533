import { PackageMissingError } from './format-errors.ts';

/**
 * Load an optional package.
 *
 * @param purpose what needs it, as the beginning of a sentence: "Reading Parquet".
 * @throws {PackageMissingError} naming what to install.
 */
export async function importOptional<T>(
  packageName: string,
  purpose: string,
  load: () => Promise<T>,
): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    const isMissing = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    if (!isMissing) throw cause;
    throw new PackageMissingError(packageName, purpose, { cause });
  }
}
