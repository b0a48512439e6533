import { isGnuMlopsError } from '@gnu-mlops/core';
import { LIMITS, type Tags } from '@gnu-mlops/registry-client';
import type { PreparedTable } from './prepare-training-table.ts';
import type { RecordOptions } from './training-options.ts';

/** A run's tags from its start; the caller's own come last and win. */
export function runTags(prepared: PreparedTable, options: RecordOptions): Tags {
  return { ...subjectTags(prepared, options), ...options.tags };
}

/** What a run's tags say of who trains what from which rows. */
export function subjectTags(prepared: PreparedTable, options: RecordOptions): Tags {
  return {
    ...(options.userId === undefined ? {} : { 'mlflow.user': options.userId }),
    'mlflow.source.name': 'gnu-mlops',
    'mlflow.source.type': 'LOCAL',
    'gnu_mlops.task': prepared.task,
    'gnu_mlops.target': prepared.target,
    'gnu_mlops.data_digest': prepared.digest,
    'gnu_mlops.data_source': prepared.dataSource,
    ...fallbackTags(prepared),
    'gnu_mlops.model_name': options.modelName,
  };
}

/** What stands in a run's tags where other rows were used than the wanted ones. */
function fallbackTags({ fallback }: PreparedTable): Tags {
  if (fallback === undefined) return {};
  const { wanted, error } = fallback;
  return {
    'gnu_mlops.data_source_wanted': wanted.dataSource,
    'gnu_mlops.data_fallback_reason': shortened(`${error.code}: ${error.message}`),
  };
}

/** What a run that did not finish says about why. */
export function failureTags(error: unknown): Tags {
  const message = error instanceof Error ? error.message : String(error);
  return {
    ...(isGnuMlopsError(error) ? { 'gnu_mlops.error_code': error.code } : {}),
    'gnu_mlops.error': shortened(message),
  };
}

function shortened(text: string): string {
  return text.slice(0, LIMITS.runTagValueLength).toWellFormed();
}
