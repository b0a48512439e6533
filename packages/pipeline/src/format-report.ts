import type { TrainingReport } from '@gnu-mlops/trainer';
import type { PreparedTable } from './prepare-training-table.ts';

/**
 * A training's report as the artifact `report.json`: data, folds, evaluation with confusion matrix,
 * feature importances, findings. Undefined figures are null. Row numbers of the split are left out:
 * data and seed give them again.
 */
export function formatReport(prepared: PreparedTable, report: TrainingReport): string {
  const { split: _, findings, ...figures } = report;
  const data = {
    name: prepared.name,
    uri: prepared.uri,
    digest: prepared.digest,
    target: prepared.target,
    columns: prepared.columns,
    skippedRowCount: prepared.skippedRowCount,
  };
  return `${JSON.stringify({ data, ...figures, findings }, null, 2)}\n`;
}
