import { z } from 'zod';
import { isHigherBetter, isMetricName } from '../metrics/metric-names.ts';

/** What one metric must measure before a version may enter a stage. */
export const metricThreshold = z
  .strictObject({
    metric: z
      .string()
      .min(1)
      .describe(
        'A metric of the run: accuracy, balanced_accuracy, precision, recall, f1, mcc, roc_auc, ' +
          'pr_auc, log_loss, brier; rmse, mae, median_absolute_error, mape, r2; or one of your own.',
      ),
    threshold: z.number().describe('The value to reach.'),
    direction: z
      .enum(['at_least', 'at_most'])
      .exactOptional()
      .describe(
        'at_least or at_most the threshold. Left out: what is better for the metric; your own ' +
          'metric needs it.',
      ),
  })
  .transform(({ metric, threshold, direction }, context) => {
    if (direction !== undefined) return { metric, threshold, direction };
    if (!isMetricName(metric)) {
      context.issues.push({
        code: 'custom',
        message: 'at_least or at_most (which of them is better is not known for this metric)',
        input: undefined,
        path: ['direction'],
      });
      return z.NEVER;
    }
    return {
      metric,
      threshold,
      direction: isHigherBetter(metric) ? ('at_least' as const) : ('at_most' as const),
    };
  });

/** A metric, the value it must reach, and from which side. */
export type MetricThreshold = z.output<typeof metricThreshold>;
