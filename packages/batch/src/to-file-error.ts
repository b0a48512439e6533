import { isGnuMlopsError } from '@gnu-mlops/core';
import type { FileError } from './batch-report.ts';
import { FileScoringError } from './errors.ts';

/** Any thrown value as code and message; one without a code becomes BATCH_FILE_SCORING_FAILED. */
export function toFileError(path: string, error: unknown): FileError {
  const { code, message } = isGnuMlopsError(error) ? error : new FileScoringError(path, error);
  return { code, message };
}
