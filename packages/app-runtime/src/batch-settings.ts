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
  Pick<BatchOptions, 'decimals'>;

/** Folders, ledger and chunk size from `batch_inference`; relative paths start at `cwd`. */
export function batchSettings(
  { batch_inference: batch }: Pick<Config, 'batch_inference'>,
  { cwd }: { readonly cwd: string },
): BatchSettings {
  return {
    inputFolder: resolve(cwd, batch.input_path),
    outputFolder: resolve(cwd, batch.output_path),
    archiveFolder: resolve(cwd, batch.archive_path),
    archiveInput: batch.archive_input,
    batchRows: batch.batch_size,
    ledgerPath: resolve(cwd, batch.ledger_path),
    ...(batch.decimals !== undefined && { decimals: batch.decimals }),
  };
}
