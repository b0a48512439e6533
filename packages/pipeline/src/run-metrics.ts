import type { MetricPoint } from '@gnu-mlops/registry-client';
import type { TrainingReport } from '@gnu-mlops/trainer';

/**
 * A run's metrics: the evaluation on the held-out rows under the metrics' own names; `cv_<metric>`
 * with one value a fold (step 1 is the first fold), `cv_<metric>_mean` and `cv_<metric>_std`; the
 * threshold, and what held-out probabilities measured before they were calibrated; and how long it
 * took, in milliseconds.
 */
export function runMetrics(report: TrainingReport, timestamp: number): MetricPoint[] {
  const { crossValidation, fit, evaluation } = report.durationsMs;
  const single = {
    ...report.metrics,
    ...withNames(report.foldMean, (name) => `cv_${name}_mean`),
    ...withNames(report.foldStd, (name) => `cv_${name}_std`),
    ...(report.outOfBagScore === undefined ? {} : { out_of_bag_score: report.outOfBagScore }),
    ...decisionMetrics(report),
    cross_validation_ms: crossValidation,
    fit_ms: fit,
    evaluation_ms: evaluation,
  };
  const history = report.folds.flatMap(({ metrics }, fold) =>
    Object.entries(metrics).map(([name, value]) => ({
      key: `cv_${name}`,
      value,
      timestamp,
      step: fold + 1,
    })),
  );
  return [
    ...Object.entries(single).map(([key, value]) => ({ key, value, timestamp, step: 0 })),
    ...history,
  ];
}

function decisionMetrics({ calibration, threshold }: TrainingReport): Record<string, number> {
  return {
    ...(calibration && {
      uncalibrated_brier: calibration.before.brier,
      uncalibrated_log_loss: calibration.before.logLoss,
    }),
    ...(threshold && { threshold: threshold.value }),
  };
}

function withNames(
  values: Readonly<Record<string, number>>,
  nameOf: (name: string) => string,
): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [nameOf(name), value]));
}
