import { columnNamed, takeRows } from '@gnu-mlops/core';
import { readCsv } from '@gnu-mlops/data';
import {
  type EncodedTarget,
  type FeatureMatrix,
  type Split,
  defaultRecipeSpec,
  encodeTarget,
  fitRecipe,
  splitTrainTest,
  transformTable,
} from '@gnu-mlops/preprocess';
import { sharedDataPath } from '@gnu-mlops/test-kit';
import type { TrainingTarget } from '../../src/training-set.ts';

/** A data set as estimators see it. */
export interface EncodedRows {
  readonly matrix: FeatureMatrix;
  readonly target: EncodedTarget;
  readonly split: Split;
}

/** Read, split 80/20 with seed 42, and encode by a recipe that is fitted to the training rows. */
export async function encodeDataSet(
  file: string,
  options: { readonly target: string; readonly family: 'trees' | 'linear' },
): Promise<EncodedRows> {
  const { table } = await readCsv(sharedDataPath(file)!);
  const target = encodeTarget(columnNamed(table, options.target), { name: options.target });
  const split = splitTrainTest({
    rowCount: table.rowCount,
    testSize: 0.2,
    seed: 42,
    ...(target.task === 'classification' && { labels: target.labels }),
  });
  const train = takeRows(table, split.train);
  const spec = defaultRecipeSpec(train, { for: options.family, target: options.target });
  const recipe = fitRecipe(train, spec, { target: options.target });
  return { matrix: transformTable(table, recipe), target, split };
}

/** Some rows of an encoded data set, as a fit takes them. */
export function rowsOf(
  { matrix, target }: EncodedRows,
  rows: Int32Array,
): { matrix: FeatureMatrix; target: TrainingTarget } {
  const take = (values: Float64Array) => Float64Array.from(rows, (row) => values[row]!);
  return {
    matrix: { ...matrix, rowCount: rows.length, columns: matrix.columns.map(take) },
    target:
      target.task === 'classification'
        ? {
            ...target,
            labels: rows.map((row) => target.labels[row]!),
            classCount: target.classes.length,
          }
        : { ...target, values: take(target.values) },
  };
}
