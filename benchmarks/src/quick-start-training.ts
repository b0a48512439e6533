import { createSampleTable } from '@gnu-mlops/data';
import { trainModel } from '@gnu-mlops/trainer';
import type { Benchmark } from './benchmark.ts';
import { timeRuns } from './time-runs.ts';

/** What the quick start waits for: five folds and the final fit, recipes and measuring included. */
export function quickStartTraining(rows: number): Benchmark {
  return {
    name: `quick start training: churn, ${rows} rows`,
    measures: 'cross-validation in 5 folds, fit and evaluation of the default forest on a table',
    async run({ runs }) {
      const { table, target } = createSampleTable({ kind: 'churn', rows, seed: 42 });
      const train = () =>
        trainModel({
          table,
          target,
          algorithm: 'random_forest',
          testSize: 0.2,
          folds: 5,
          seed: 42,
        });
      return {
        contenders: [{ name: 'gnu-mlops', timesMs: await timeRuns(runs, train) }],
        notes: [],
      };
    },
  };
}
