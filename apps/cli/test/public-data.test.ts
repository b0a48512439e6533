import type { QuickstartResult } from '@gnu-mlops/pipeline';
import { sharedDataPath, temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { run } from './run.ts';

const tables = [
  { file: 'telco_customer_churn.csv', target: 'Churn', metric: 'roc_auc', atLeast: 0.83 },
  { file: 'california_housing.csv', target: 'median_house_value', metric: 'r2', atLeast: 0.75 },
  { file: 'titanic.csv', target: 'survived', metric: 'roc_auc', atLeast: 0.8 },
  { file: 'pima_diabetes.csv', target: 'outcome', metric: 'roc_auc', atLeast: 0.78 },
];

describe.each(tables)('gnu-mlops quickstart --data $file', ({ file, target, metric, atLeast }) => {
  const path = sharedDataPath(file);

  it.skipIf(path === undefined)(
    `reaches ${metric} ${atLeast} on the held-out rows and scores them as files`,
    async () => {
      const args = ['quickstart', '--data', path!, '--target', target, '--json'];
      const { output, notes } = await run(temporaryFolder(), args);
      expect(notes).toBe('');
      const result = JSON.parse(output) as QuickstartResult;
      expect(result.training.metrics[metric]).toBeGreaterThanOrEqual(atLeast);
      if (result.staging.status === 'promoted') {
        expect(result.batch!.rows).toBe(result.training.rows.test);
        expect(result.batch!.failed).toBe(0);
      }
    },
  );
});

describe('gnu-mlops train --data iris.csv', () => {
  const path = sharedDataPath('iris.csv');

  // A split holds 30 flowers out, so one of them is 0.033: a single split says more about its luck.
  it.skipIf(path === undefined)(
    'reaches accuracy 0.93 on the held-out rows, on average over ten splits',
    async () => {
      const folder = temporaryFolder();
      const accuracies: number[] = [];
      for (let seed = 42; seed < 52; seed++) {
        const { output } = await run(
          folder,
          ['train', '--data', path!, '--target', 'species', '--json'],
          { env: { GNU_MLOPS_TRAINING_RANDOM_STATE: String(seed) } },
        );
        const { report } = JSON.parse(output) as { report: { metrics: { accuracy: number } } };
        accuracies.push(report.metrics.accuracy);
      }
      const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / accuracies.length;
      expect(mean).toBeGreaterThanOrEqual(0.93);
    },
  );
});
