import type { Recipe } from '@gnu-mlops/preprocess';
import type { Estimator, LinearEstimator, TreeEnsemble } from '../estimator.ts';
import type { Model } from '../model.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { concatColumns, number } from './graph-math.ts';
import { doubleTensor } from './make-tensor.ts';
import { OnnxUnsupportedError } from './onnx-errors.ts';
import { writeTrees } from './write-trees.ts';

/**
 * Write an estimator into a graph, in double precision.
 *
 * @param features float64, n x features.
 * @returns the outputs after the link: float64, n x `outputWidth(estimator)`.
 * @throws {OnnxUnsupportedError} when its trees split on sets of categories of a feature that
 *   need not be a whole number.
 */
export function writeEstimator(
  graph: GraphBuilder,
  features: string,
  { estimator, recipe }: Pick<Model, 'estimator' | 'recipe'>,
): string {
  if (estimator.kind === 'tree_ensemble') checkCategorySplits(estimator, recipe);
  if (hasComplementaryShares(estimator)) {
    const second = writeTrees(graph, features, { trees: estimator, outputs: [1] });
    const first = graph.operator('Sub', { inputs: [number(graph, 1), second] });
    return concatColumns(graph, [first, second]);
  }
  const outputs = Array.from({ length: estimator.outputCount }, (_, output) => output);
  const raw =
    estimator.kind === 'linear'
      ? writeLinear(graph, features, estimator)
      : writeTrees(graph, features, { trees: estimator, outputs });
  if (estimator.link === 'identity') return raw;
  if (estimator.link === 'exponential') return graph.operator('Exp', { inputs: [raw] });
  if (estimator.link === 'softmax') {
    return graph.operator('Softmax', { inputs: [raw], attributes: { axis: { int: 1 } } });
  }
  // Both from the log odds: one minus the other would lose the digits of the smaller.
  const opposite = graph.operator('Neg', { inputs: [raw] });
  const first = graph.operator('Sigmoid', { inputs: [opposite] });
  return concatColumns(graph, [first, graph.operator('Sigmoid', { inputs: [raw] })]);
}

function checkCategorySplits(trees: TreeEnsemble, { features }: Recipe): void {
  trees.categorySets?.setOf.forEach((set, node) => {
    const feature = features[trees.splitFeature[node]!];
    if (set >= 0 && feature !== undefined && feature.kind !== 'categorical') {
      const problem = 'is split on sets of categories and need not be a whole number';
      throw new OnnxUnsupportedError(`the feature "${feature.name}"`, problem);
    }
  });
}

function writeLinear(graph: GraphBuilder, features: string, linear: LinearEstimator): string {
  const { outputCount, coefficients, intercepts } = linear;
  const featureCount = coefficients.length / outputCount;
  const transposed = new Float64Array(coefficients.length);
  for (let k = 0; k < outputCount; k++) {
    for (let feature = 0; feature < featureCount; feature++) {
      transposed[feature * outputCount + k] = coefficients[k * featureCount + feature]!;
    }
  }
  const weights = graph.constant(doubleTensor(transposed, [featureCount, outputCount]));
  const product = graph.operator('MatMul', { inputs: [features, weights] });
  const shift = graph.constant(doubleTensor(intercepts, [1, outputCount]));
  return graph.operator('Add', { inputs: [product, shift] });
}

/** Shares of two classes: the second says all, and halves the trees. */
function hasComplementaryShares(estimator: Estimator): estimator is Estimator & {
  kind: 'tree_ensemble';
} {
  if (
    estimator.kind !== 'tree_ensemble' ||
    estimator.outputCount !== 2 ||
    estimator.link !== 'identity' ||
    estimator.aggregation !== 'mean' ||
    estimator.baseScore.some((score) => score !== 0)
  ) {
    return false;
  }
  const { leafValues } = estimator;
  for (let at = 0; at < leafValues.length; at += 2) {
    if (Math.abs(leafValues[at]! + leafValues[at + 1]! - 1) > 1e-12) return false;
  }
  return true;
}
