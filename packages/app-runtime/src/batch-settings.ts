import { resolve } from 'node:path';
import type { BatchOptions } from '@gnu-mlops/batch';
import type { Config } from '@gnu-mlops/core/config';

/** The part of {@link BatchOptions} that a configuration decides. */
export type BatchSettings = Required<
  Pick<
    BatchOptions,
    'inputFolder' | 'outputFolder' | 'archiveFolder' | 'archiveInput' | 'batchRows' | 'ledgerPath'
  >
> &
  Pick<BatchOptions, 'decimals' | 'memoryLimitBytes' | 'threads'>;

/**
 * Folders, ledger, chunk size and threads from `batch_inference`; relative paths start at `cwd`.
 *
 * @param place.jobs what a caller decides in place of `batch_inference.n_jobs`: a count, or -1 for
 *   one a processor.
 */
export function batchSettings(
  { batch_inference: batch }: Pick<Config, 'batch_inference'>,
  { cwd, jobs = batch.n_jobs }: { readonly cwd: string; readonly jobs?: number | undefined },
): BatchSettings {
  return {
    inputFolder: resolve(cwd, batch.input_path),
    outputFolder: resolve(cwd, batch.output_path),
    archiveFolder: resolve(cwd, batch.archive_path),
    archiveInput: batch.archive_input,
    batchRows: batch.batch_size,
    ledgerPath: resolve(cwd, batch.ledger_path),
    ...(batch.decimals !== undefined && { decimals: batch.decimals }),
    ...(jobs !== -1 && { threads: jobs }),
    ...(batch.memory_limit_mb !== undefined && {
      memoryLimitBytes: batch.memory_limit_mb * 2 ** 20,
    }),
  };
}
