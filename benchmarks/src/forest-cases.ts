import { columnNamed } from '@gnu-mlops/core';
import { type SampleTableKind, createSampleTable } from '@gnu-mlops/data';
import {
  type FeatureMatrix,
  defaultRecipeSpec,
  encodeTarget,
  fitRecipe,
  transformTable,
} from '@gnu-mlops/preprocess';
import type { TrainingTarget } from '@gnu-mlops/trainer';

/** A forest to train: encoded rows, and hyperparameters that scikit-learn shares. */
export interface ForestCase {
  readonly name: string;
  readonly matrix: FeatureMatrix;
  readonly target: TrainingTarget;
  readonly hyperparameters: Record<string, number | null>;
}

/** The sample tables of `@gnu-mlops/data`, encoded as training encodes them. */
export function forestCases(): ForestCase[] {
  return [
    openCase('churn', 5_000, { n_estimators: 100, max_depth: 10 }),
    openCase('churn', 50_000, { n_estimators: 100, max_depth: 10 }),
    openCase('regression', 10_000, { n_estimators: 100, max_depth: null }),
  ];
}

function openCase(
  kind: SampleTableKind,
  rows: number,
  hyperparameters: Record<string, number | null>,
): ForestCase {
  const { table, target: name } = createSampleTable({ kind, rows, seed: 42 });
  const spec = defaultRecipeSpec(table, { for: 'trees', target: name });
  const matrix = transformTable(table, fitRecipe(table, spec, { target: name }));
  const target = encodeTarget(columnNamed(table, name), { name });
  const depth = hyperparameters['max_depth'] ?? 'unlimited';
  return {
    name: `forest: ${kind}, ${rows} rows x ${matrix.columns.length} features, depth ${depth}`,
    matrix,
    target:
      target.task === 'classification' ? { ...target, classCount: target.classes.length } : target,
    hyperparameters,
  };
}
