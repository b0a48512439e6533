import type { Feature } from '@gnu-mlops/preprocess';
import { stackedColumns } from '../ensemble/stacked-features.ts';
import type {
  Ensemble,
  Estimator,
  LinearEstimator,
  SingleEstimator,
  TreeEnsemble,
} from '../estimator.ts';
import { outputWidth } from '../output-width.ts';
import type { GraphBuilder } from './graph-builder.ts';
import { concatColumns, number, takeColumn } from './graph-math.ts';
import { doubleTensor } from './make-tensor.ts';
import { OnnxUnsupportedError } from './onnx-errors.ts';
import { writeNetwork } from './write-network.ts';
import { writeTrees } from './write-trees.ts';

/** What an estimator in a graph reads. */
export interface GraphFeatures {
  /** float64, n x features. */
  readonly value: string;
  readonly features: readonly Feature[];
}

/**
 * Write an estimator into a graph, in double precision.
 *
 * @returns the outputs after the link: float64, n x `outputWidth(estimator)`.
 * @throws {OnnxUnsupportedError} when its trees split on sets of categories of a feature that
 *   need not be a whole number.
 */
export function writeEstimator(
  graph: GraphBuilder,
  from: GraphFeatures,
  estimator: Estimator,
): string {
  return estimator.kind === 'ensemble'
    ? writeEnsemble(graph, from, estimator)
    : writeSingle(graph, from, estimator);
}

function writeEnsemble(graph: GraphBuilder, from: GraphFeatures, ensemble: Ensemble): string {
  const { members, combination } = ensemble;
  const outputs = members.map((member) => writeSingle(graph, from, member));
  if (combination.kind === 'mean') {
    const terms = outputs.map((value, member) =>
      graph.operator('Mul', { inputs: [value, number(graph, combination.weights[member]!)] }),
    );
    return terms.reduce((sum, term) => graph.operator('Add', { inputs: [sum, term] }));
  }
  const columns = members.flatMap((member, m) => {
    const width = outputWidth(member);
    const wanted = stackedColumns(width);
    if (wanted.length === width) return [outputs[m]!];
    return wanted.map((column) => takeColumn(graph, outputs[m]!, column));
  });
  const stacked = members.flatMap((member, m) =>
    stackedColumns(outputWidth(member)).map((column): Feature => ({
      name: `member ${m}, output ${column}`,
      kind: 'numeric',
    })),
  );
  const { final, passthrough } = combination;
  const value = concatColumns(graph, passthrough ? [...columns, from.value] : columns);
  const features = passthrough ? [...stacked, ...from.features] : stacked;
  return writeSingle(graph, { value, features }, final);
}

function writeSingle(
  graph: GraphBuilder,
  { value: features, features: described }: GraphFeatures,
  estimator: SingleEstimator,
): string {
  if (estimator.kind === 'tree_ensemble') checkCategorySplits(estimator, described);
  if (hasComplementaryShares(estimator)) {
    const second = writeTrees(graph, features, { trees: estimator, outputs: [1] });
    const first = graph.operator('Sub', { inputs: [number(graph, 1), second] });
    return concatColumns(graph, [first, second]);
  }
  const raw = writeRawScores(graph, features, estimator);
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

function writeRawScores(graph: GraphBuilder, features: string, estimator: SingleEstimator): string {
  switch (estimator.kind) {
    case 'tree_ensemble': {
      const outputs = Array.from({ length: estimator.outputCount }, (_, output) => output);
      return writeTrees(graph, features, { trees: estimator, outputs });
    }
    case 'linear':
      return writeLinear(graph, features, estimator);
    case 'neural_network':
      return writeNetwork(graph, features, estimator);
  }
}

function checkCategorySplits(trees: TreeEnsemble, features: readonly Feature[]): void {
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
function hasComplementaryShares(estimator: SingleEstimator): estimator is TreeEnsemble {
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
