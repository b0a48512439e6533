import type { FeatureMatrix } from '@gnu-mlops/preprocess';
import { applyLink } from './apply-link.ts';
import { isInCategorySet } from './category-sets.ts';
import { createEnsembleScorer } from './ensemble/score-ensemble.ts';
import type {
  Estimator,
  LinearEstimator,
  NeuralNetwork,
  SingleEstimator,
  TreeEnsemble,
} from './estimator.ts';
import { activate } from './neural/activate.ts';
import { networkLayers } from './neural/network-layers.ts';
import { outputWidth } from './output-width.ts';

/**
 * What an estimator's scores mean, written to be read: one row at a time, one tree after another.
 * It is the oracle for `predictMatrix`, which gives the same bits and takes a fraction of the time.
 *
 * @returns rowCount x {@link outputWidth}, row-major, after the link.
 */
export function scoreReference(estimator: Estimator, matrix: FeatureMatrix): Float64Array {
  if (estimator.kind === 'ensemble') {
    return createEnsembleScorer(
      estimator,
      (member) => (rows) => scoreReference(member, rows),
    )(matrix);
  }
  const width = outputWidth(estimator);
  const out = new Float64Array(matrix.rowCount * width);
  for (let row = 0; row < matrix.rowCount; row++) {
    const values = matrix.columns.map((column) => column[row]!);
    const raw = scoreRow(estimator, values);
    const outStart = row * width;
    applyLink(estimator.link, { raw, rawStart: 0, rawCount: raw.length, out, outStart });
  }
  return out;
}

function scoreRow(estimator: SingleEstimator, values: readonly number[]): Float64Array {
  switch (estimator.kind) {
    case 'tree_ensemble':
      return scoreTrees(estimator, values);
    case 'linear':
      return scoreLinear(estimator, values);
    case 'neural_network':
      return scoreNetwork(estimator, values);
  }
}

function scoreTrees(trees: TreeEnsemble, values: readonly number[]): Float64Array {
  const treeCount = trees.treeStarts.length - 1;
  const raw = new Float64Array(trees.outputCount);
  for (let tree = 0; tree < treeCount; tree++) {
    const leaf = leafReached(trees, tree, values);
    const leafStart = trees.leafIndex[leaf]! * trees.outputCount;
    for (let k = 0; k < raw.length; k++) raw[k]! += trees.leafValues[leafStart + k]!;
  }
  for (let k = 0; k < raw.length; k++) {
    if (trees.aggregation === 'mean') raw[k]! /= treeCount;
    raw[k]! += trees.baseScore[k]!;
  }
  return raw;
}

function leafReached(trees: TreeEnsemble, tree: number, values: readonly number[]): number {
  let node = trees.treeStarts[tree]!;
  while (trees.splitFeature[node]! >= 0) {
    const value = values[trees.splitFeature[node]!]!;
    node = goesLeft(trees, node, value) ? trees.leftChild[node]! : trees.rightChild[node]!;
  }
  return node;
}

/**
 * Whether a value of a split's feature goes to the left child.
 *
 * @param node a split of checked trees.
 */
export function goesLeft(trees: TreeEnsemble, node: number, value: number): boolean {
  if (Number.isNaN(value)) return trees.missingLeft[node] === 1;
  const set = trees.categorySets?.setOf[node] ?? -1;
  if (set < 0) return value <= trees.threshold[node]!;
  return isInCategorySet(trees.categorySets!, set, value);
}

function scoreLinear(linear: LinearEstimator, values: readonly number[]): Float64Array {
  return linear.intercepts.map((intercept, k) =>
    values.reduce(
      (sum, value, feature) => sum + value * linear.coefficients[k * values.length + feature]!,
      intercept,
    ),
  );
}

function scoreNetwork(network: NeuralNetwork, values: readonly number[]): Float64Array {
  let numbers = Float64Array.from(values);
  for (const { unitCount, weights, biases, isLast } of networkLayers(network)) {
    const inputs = numbers;
    numbers = Float64Array.from(biases, (bias, unit) =>
      inputs.reduce((sum, input, i) => sum + input * weights[i * unitCount + unit]!, bias),
    );
    if (!isLast) activate(network.activation, numbers, unitCount);
  }
  return numbers;
}
