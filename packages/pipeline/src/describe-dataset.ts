import type { DatasetInput } from '@gnu-mlops/registry-client';
import type { PreparedTable } from './prepare-training-table.ts';

/** The trained-on rows as a run records them, in MLflow's words. */
export function describeDataset(prepared: PreparedTable): DatasetInput {
  const { table, columns } = prepared;
  return {
    name: prepared.name,
    digest: prepared.digest,
    sourceType: prepared.sourceType,
    source: JSON.stringify(prepared.sourceDetails),
    schema: JSON.stringify({ mlflow_colspec: columns }),
    profile: JSON.stringify({
      num_rows: table.rowCount,
      num_elements: table.rowCount * table.columns.size,
      columns: prepared.profile.columns,
    }),
    context: 'training',
  };
}
