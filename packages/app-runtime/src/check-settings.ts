import type { Config } from '@gnu-mlops/core/config';
import { type DataCheck, parseDataChecks } from '@gnu-mlops/preprocess';

/**
 * The checks that the configuration holds data against.
 *
 * @returns undefined where none are configured.
 * @throws {DataChecksInvalidError} of `@gnu-mlops/preprocess`, saying where and what, with the nearest
 *   known word.
 */
export function checkSettings({ data }: Config): readonly DataCheck[] | undefined {
  return data.checks === undefined ? undefined : parseDataChecks(data.checks, 'data.checks');
}
