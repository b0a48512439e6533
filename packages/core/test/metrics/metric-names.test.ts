import { describe, expect, it } from 'vitest';
import {
  METRIC_NAMES,
  isHigherBetter,
  isMetricName,
  measureClassification,
  measureRegression,
  metricTask,
  metricValues,
} from '../../src/index.ts';

const classification = measureClassification({
  actual: Int32Array.of(0, 1),
  probabilities: Float64Array.of(0.9, 0.1, 0.2, 0.8),
  classes: ['No', 'Yes'],
});
const regression = measureRegression(Float64Array.of(1, 3), Float64Array.of(1, 2));

describe('metric names', () => {
  it('name every figure of an evaluation, and nothing else', () => {
    const named = { ...metricValues(classification), ...metricValues(regression) };
    expect(Object.keys(named)).toEqual(METRIC_NAMES);
    expect(metricValues(regression)).toEqual({
      rmse: Math.SQRT1_2,
      mae: 0.5,
      r2: 0.5,
      mape: 1 / 6,
      median_absolute_error: 0.5,
    });
    expect(metricValues(classification)).toMatchObject({
      accuracy: 1,
      roc_auc: 1,
      pr_auc: 1,
      mcc: 1,
      balanced_accuracy: 1,
    });
  });

  it('belong to one task each', () => {
    for (const name of Object.keys(metricValues(classification))) {
      expect(isMetricName(name) && metricTask(name)).toBe('classification');
    }
    for (const name of Object.keys(metricValues(regression))) {
      expect(isMetricName(name) && metricTask(name)).toBe('regression');
    }
  });

  it('say which direction is better: only losses and errors want to be low', () => {
    const lower = METRIC_NAMES.filter((name) => !isHigherBetter(name));
    expect(lower).toEqual(['log_loss', 'brier', 'rmse', 'mae', 'mape', 'median_absolute_error']);
  });

  it('throws METRIC_UNKNOWN naming the nearest', () => {
    expect(() => isHigherBetter('acuracy')).toThrow('Did you mean "accuracy"?');
    expect(() => isHigherBetter('profit')).toThrow('Known are accuracy, precision');
    expect(isMetricName('toString')).toBe(false);
  });
});
