import { fitRecipe, fitTransform, transformTable } from '@gnu-mlops/preprocess';
import type { Benchmark, Contender } from './benchmark.ts';
import { mixedTable, recipeSpec } from './recipe-case.ts';
import { timeColumnTransformer } from './time-column-transformer.ts';
import { timeRuns } from './time-runs.ts';

/** A recipe against scikit-learn's ColumnTransformer, on the same cells. */
export function recipeFitting(rowCount: number): Benchmark {
  return {
    name: `recipe: ${rowCount} rows x 20 mixed columns`,
    measures:
      'fit and transform: median and most frequent fills, standard scaling, one-hot encoding',
    async run({ runs, python }) {
      const table = mixedTable(rowCount);
      const contenders: Contender[] = [
        {
          name: 'gnu-mlops, fitTransform',
          timesMs: await timeRuns(runs, async () => fitTransform(table, recipeSpec)),
        },
        {
          name: 'gnu-mlops, fitRecipe then transformTable',
          timesMs: await timeRuns(runs, async () =>
            transformTable(table, fitRecipe(table, recipeSpec)),
          ),
        },
      ];
      if (python === undefined) {
        const notes = [
          'scikit-learn left out: set GNU_MLOPS_INTEROP_PYTHON to a Python that has it',
        ];
        return { contenders, notes };
      }
      return {
        contenders: [...contenders, ...timeColumnTransformer(table, { python, runs })],
        notes: [],
      };
    },
  };
}
