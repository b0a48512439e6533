import type { TreeEnsemble } from '@gnu-mlops/model';
import { fitEstimator } from '@gnu-mlops/trainer';
import { type BoostingRows, boostingCases } from './boosting-cases.ts';

/** An ensemble to score with, and rows that it has not seen. */
export interface ScoringCase {
  readonly name: string;
  readonly kind: 'forest' | 'boosting';
  readonly train: BoostingRows;
  readonly rows: BoostingRows;
  readonly trees: TreeEnsemble;
}

/** The ensembles that scoring is compared on; each is trained when it is first asked for. */
export function scoringCases(): {
  readonly name: string;
  readonly open: () => Promise<ScoringCase>;
}[] {
  return [
    openOnce('forest of 100 trees, depth 10', 'forest', {
      algorithm: 'random_forest',
      hyperparameters: { n_estimators: 100, max_depth: 10 },
    }),
    openOnce('500 boosted trees of 31 leaves', 'boosting', {
      algorithm: 'lightgbm',
      hyperparameters: { num_iterations: 500, num_leaves: 31 },
    }),
  ];
}

interface Training {
  readonly algorithm: string;
  readonly hyperparameters: Record<string, number>;
}

function openOnce(name: string, kind: ScoringCase['kind'], training: Training) {
  let opened: Promise<ScoringCase> | undefined;
  return { name, open: () => (opened ??= fit(name, kind, training)) };
}

async function fit(
  name: string,
  kind: ScoringCase['kind'],
  training: Training,
): Promise<ScoringCase> {
  const { train, test: rows } = boostingCases().find(({ name }) => name.includes('100000 rows'))!;
  const target = { task: 'classification', labels: train.labels, classCount: 2 } as const;
  const trees = await fitEstimator({ ...training, matrix: train.matrix, target, seed: 42 });
  if (trees.kind !== 'tree_ensemble') throw new Error(`${training.algorithm} grew no trees.`);
  return { name, kind, train, rows, trees };
}
