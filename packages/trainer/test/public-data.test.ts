import { readCsv } from '@gnu-mlops/data';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { trainModel } from '../src/train-model.ts';

async function train(file: string, options: { target: string; seed: number; algorithm?: string }) {
  const { table } = await readCsv(sharedDataPath(file)!);
  return trainModel({
    table,
    algorithm: 'random_forest',
    testSize: 0.2,
    folds: 0,
    ...options,
  });
}

const seeds = Array.from({ length: 20 }, (_, i) => 42 + i);
const meanOver = async (measure: (seed: number) => Promise<number>) => {
  const figures = await Promise.all(seeds.map(measure));
  return figures.reduce((sum, figure) => sum + figure, 0) / seeds.length;
};

describe('the default forest on public data (skipped where ../shared/data is not)', () => {
  it.skipIf(sharedDataPath('telco_customer_churn.csv') === undefined)(
    'reaches ROC AUC 0.83 on held-out rows of telco churn',
    async () => {
      const { report } = await train('telco_customer_churn.csv', { target: 'Churn', seed: 42 });
      expect(report.metrics['roc_auc']).toBeGreaterThanOrEqual(0.83);
    },
  );

  it.skipIf(sharedDataPath('california_housing.csv') === undefined)(
    'reaches R2 0.75 on held-out rows of california housing',
    async () => {
      const target = 'median_house_value';
      const { report } = await train('california_housing.csv', { target, seed: 42 });
      expect(report.metrics['r2']).toBeGreaterThanOrEqual(0.75);
    },
  );

  // A split holds 30 flowers out, so one of them is 0.033: a single split says more about its luck.
  it.skipIf(sharedDataPath('iris.csv') === undefined)(
    'reaches accuracy 0.93 on held-out rows of iris, on average over twenty splits',
    async () => {
      const accuracy = await meanOver(async (seed) => {
        const { report } = await train('iris.csv', { target: 'species', seed });
        return report.metrics['accuracy']!;
      });
      expect(accuracy).toBeGreaterThanOrEqual(0.93);
    },
  );
});
