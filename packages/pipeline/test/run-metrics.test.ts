import type { TrainingReport } from '@gnu-mlops/trainer';
import { describe, expect, it } from 'vitest';
import { runMetrics } from '../src/run-metrics.ts';

const report = {
  metrics: { accuracy: 0.9, roc_auc: NaN },
  folds: [{ metrics: { accuracy: 0.8 } }, { metrics: { accuracy: 1 } }],
  foldMean: { accuracy: 0.9 },
  foldStd: { accuracy: 0.1 },
  durationsMs: { crossValidation: 3, fit: 2, evaluation: 1 },
} as unknown as TrainingReport;

describe('runMetrics', () => {
  it('has the evaluation, the folds as a history, their mean and spread, and durations', () => {
    const figures = runMetrics(report, 7).map(({ key, value, step }) => [key, value, step]);

    expect(figures).toEqual([
      ['accuracy', 0.9, 0],
      ['roc_auc', NaN, 0],
      ['cv_accuracy_mean', 0.9, 0],
      ['cv_accuracy_std', 0.1, 0],
      ['cross_validation_ms', 3, 0],
      ['fit_ms', 2, 0],
      ['evaluation_ms', 1, 0],
      ['cv_accuracy', 0.8, 1],
      ['cv_accuracy', 1, 2],
    ]);
    expect(runMetrics(report, 7).every(({ timestamp }) => timestamp === 7)).toBe(true);
  });

  it('has the out-of-bag score where there is one', () => {
    const points = runMetrics({ ...report, outOfBagScore: 0.7 }, 7);
    expect(points).toContainEqual({ key: 'out_of_bag_score', value: 0.7, timestamp: 7, step: 0 });
  });
});
