import { createRandom } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import type { BoostingTask } from '../../src/boosting/boost.ts';
import type { BoostingSettings } from '../../src/boosting/boosting-settings.ts';

/** LightGBM's defaults, for two classes. */
export const plainSettings: BoostingSettings = {
  objective: { name: 'logistic' },
  rounds: 20,
  learningRate: 0.1,
  growth: 'best_first',
  maxLeaves: 31,
  maxDepth: Infinity,
  minRowsPerLeaf: 20,
  minHessianPerLeaf: 1e-3,
  l1: 0,
  l2: 0,
  maxStep: Infinity,
  minGain: 0,
  maxBins: 255,
  featureShare: 1,
  rowShare: 1,
  rowShareRounds: 1,
  monotone: [],
  categories: {
    oneHotLevels: 4,
    smoothing: 10,
    minRowsPerCategory: 10,
    minHessianPerCategory: 0,
    minRowsPerGroup: 100,
    maxSetSize: 32,
    l2: 10,
  },
  baseScore: undefined,
  patience: 0,
  stoppingMetric: undefined,
};

/** Two classes by a curved border, with noise, gaps, a constant feature and one of few values. */
export function boostingTask(
  rowCount: number,
  settings: Partial<BoostingSettings> = {},
  seed = 5,
): BoostingTask & { readonly targets: Float64Array } {
  const random = createRandom(seed);
  const columns = Array.from({ length: 7 }, () => new Float64Array(rowCount));
  const targets = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    for (const column of columns) column[row] = random.nextNormal();
    columns[5]![row] = 3;
    columns[6]![row] = random.nextInt(4);
    const [a, b, c] = columns.map((column) => column[row]!) as [number, number, number];
    const odds = 2 * a * b + c + columns[6]![row]! - 1.5;
    targets[row] = odds + random.nextNormal() > 0 ? 1 : 0;
    if (random.nextInt(10) === 0) columns[0]![row] = NaN;
  }
  return {
    algorithm: 'lightgbm',
    matrix: matrixFrom(columns),
    targets,
    weights: new Float64Array(rowCount).fill(1),
    validation: undefined,
    settings: { ...plainSettings, ...settings },
    seed: 42,
  };
}

/** Numeric features from columns. */
export function matrixFrom(columns: readonly Float64Array[]): FeatureMatrix {
  return {
    rowCount: columns[0]!.length,
    features: columns.map((_, i) => ({ name: `f${i}`, kind: 'numeric' })),
    columns,
  };
}
