import { importOptional } from '../import-optional.ts';

/** Load apache-arrow, an optional package. @throws {PackageMissingError} */
export function loadArrow(purpose: string): Promise<typeof import('apache-arrow')> {
  return importOptional('apache-arrow', purpose, () => import('apache-arrow'));
}
