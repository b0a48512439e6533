import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));

/**
 * Where one of the real, public data sets lies, beside the repository; undefined where it is not.
 * Skip the test then: `describe.skipIf(sharedDataPath('iris.csv') === undefined)`.
 */
export function sharedDataPath(file: string): string | undefined {
  const path = `${folder}${file}`;
  return existsSync(path) ? path : undefined;
}
