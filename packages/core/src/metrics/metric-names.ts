import type { Task } from '../task.ts';
import type { ClassificationMetrics } from './classification-metrics.ts';
import { MetricUnknownError } from './metric-errors.ts';
import type { RegressionMetrics } from './regression-metrics.ts';

const metrics = {
  accuracy: { task: 'classification', better: 'higher' },
  precision: { task: 'classification', better: 'higher' },
  recall: { task: 'classification', better: 'higher' },
  f1: { task: 'classification', better: 'higher' },
  roc_auc: { task: 'classification', better: 'higher' },
  log_loss: { task: 'classification', better: 'lower' },
  pr_auc: { task: 'classification', better: 'higher' },
  brier: { task: 'classification', better: 'lower' },
  mcc: { task: 'classification', better: 'higher' },
  balanced_accuracy: { task: 'classification', better: 'higher' },
  rmse: { task: 'regression', better: 'lower' },
  mae: { task: 'regression', better: 'lower' },
  r2: { task: 'regression', better: 'higher' },
  mape: { task: 'regression', better: 'lower' },
  median_absolute_error: { task: 'regression', better: 'lower' },
} as const;

/** The names of the metrics that a training measures, as runs, gates and reports spell them. */
export type MetricName = keyof typeof metrics;

/** Every metric name: those of classification, then those of regression. */
export const METRIC_NAMES = Object.keys(metrics) as readonly MetricName[];

/** Whether a name is one of {@link METRIC_NAMES}; other names may be somebody's own metrics. */
export function isMetricName(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}

/** The task that a metric belongs to. */
export function metricTask(name: MetricName): Task {
  return metrics[name].task;
}

/**
 * Whether a greater value of a metric is the better one.
 *
 * @throws {MetricUnknownError} for a name that is none of {@link METRIC_NAMES}.
 */
export function isHigherBetter(name: string): boolean {
  if (!isMetricName(name)) throw new MetricUnknownError(name, METRIC_NAMES);
  return metrics[name].better === 'higher';
}

/** The single figures of an evaluation by metric name, undefined ones as NaN. */
export function metricValues(
  measured: ClassificationMetrics | RegressionMetrics,
): Record<string, number> {
  if ('rmse' in measured) {
    return {
      rmse: measured.rmse,
      mae: measured.mae,
      r2: measured.r2,
      mape: measured.mape,
      median_absolute_error: measured.medianAbsoluteError,
    };
  }
  return {
    accuracy: measured.accuracy,
    precision: measured.precision,
    recall: measured.recall,
    f1: measured.f1,
    roc_auc: measured.rocAuc,
    log_loss: measured.logLoss,
    pr_auc: measured.prAuc,
    brier: measured.brier,
    mcc: measured.mcc,
    balanced_accuracy: measured.balancedAccuracy,
  };
}
