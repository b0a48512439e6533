import type { ClassificationMetrics, RegressionMetrics } from '@gnu-mlops/core';
import { formatCount, formatMetric } from './figures.ts';
import type { Style } from './style.ts';
import { formatTable } from './text-table.ts';

/** What a training measured. */
export interface Figures {
  readonly evaluation: ClassificationMetrics | RegressionMetrics;
  readonly metrics: Readonly<Record<string, number>>;
  readonly folds: readonly unknown[];
  readonly foldMean: Readonly<Record<string, number>>;
  readonly foldStd: Readonly<Record<string, number>>;
}

/** Every metric, on the held-out rows beside the mean over the folds. */
export function formatMetrics(figures: Figures, style: Style): string {
  const folds = figures.folds.length;
  const columns = [
    { title: 'metric' },
    { title: 'held-out', align: 'right' as const },
    ...(folds === 0 ? [] : [{ title: `mean of ${folds} folds`, align: 'right' as const }]),
  ];
  const rows = Object.entries(figures.metrics).map(([name, value]) => [
    name,
    style.bold(formatMetric(value)),
    ...(folds === 0 ? [] : [spread(figures, name)]),
  ]);
  return formatTable(columns, rows, style) + averaging(figures.evaluation, style);
}

/** Actual classes as rows, predicted ones as columns; empty for regression. */
export function formatConfusionMatrix(
  evaluation: ClassificationMetrics | RegressionMetrics,
  style: Style,
): string {
  if (!('confusionMatrix' in evaluation)) return '';
  const { classes, confusionMatrix } = evaluation;
  return formatTable(
    [
      { title: 'actual \\ predicted' },
      ...classes.map((title) => ({ title, align: 'right' as const })),
    ],
    confusionMatrix.map((row, actual) => [
      classes[actual]!,
      ...row.map((count, predicted) =>
        count === 0
          ? style.dim('0')
          : (actual === predicted ? style.good : style.bad)(formatCount(count)),
      ),
    ]),
    style,
  );
}

function spread({ foldMean, foldStd }: Figures, name: string): string {
  return `${formatMetric(foldMean[name])} +- ${formatMetric(foldStd[name])}`;
}

function averaging(evaluation: ClassificationMetrics | RegressionMetrics, style: Style): string {
  if (!('averaging' in evaluation)) return '';
  const words =
    evaluation.averaging === 'binary'
      ? `precision, recall and f1 of class "${evaluation.positiveClass}"`
      : 'precision, recall, f1 and roc_auc: macro average, one class against the rest';
  return `${style.dim(words)}\n`;
}
