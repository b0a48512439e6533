import { assembleForest } from '../assemble-forest.ts';
import type { GrownTree } from '../grown-tree.ts';
import type { ImportedEstimator } from './imported-estimator.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { normalizeShares } from './normalize-shares.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { readClasses } from './read-classes.ts';
import { type TreeReading, readTreeNodes } from './read-tree-nodes.ts';

/**
 * Read a `TreeEnsembleRegressor` node of one target.
 *
 * @throws {OnnxCorruptError}
 * @throws {OnnxOperatorError} when it does what no ensemble here does.
 */
export function readTreeRegressor(
  node: NodeAttributes,
  precision: TreeReading['precision'],
): ImportedEstimator {
  const operator = 'ai.onnx.ml.TreeEnsembleRegressor';
  const targets = node.int('n_targets') ?? 1;
  if (targets !== 1) throw new OnnxOperatorError(operator, `has ${targets} targets, not one`);
  checkTransform(operator, node, ['NONE']);
  const aggregate = node.text('aggregate_function') ?? 'SUM';
  if (aggregate !== 'SUM' && aggregate !== 'AVERAGE') {
    throw new OnnxOperatorError(operator, `combines trees by ${aggregate.slice(0, 40)}`);
  }
  const trees = readTreeNodes(node, { operator, leaves: 'target', outputCount: 1, precision });
  const estimator = assembleForest(trees, {
    outputCount: 1,
    aggregation: aggregate === 'SUM' ? 'sum' : 'mean',
    baseScore: baseValues(node, 1),
  });
  return { estimator, classes: undefined };
}

/**
 * Read a `TreeEnsembleClassifier` node: a forest of class shares (`NONE`), or boosted trees of log
 * odds (`LOGISTIC`) or log weights (`SOFTMAX`).
 *
 * @throws {OnnxCorruptError}
 * @throws {OnnxOperatorError} when its outputs are no probabilities, or made in another way.
 */
export function readTreeClassifier(
  node: NodeAttributes,
  precision: TreeReading['precision'],
): ImportedEstimator {
  const operator = 'ai.onnx.ml.TreeEnsembleClassifier';
  const classes = readClasses(node, { texts: 'classlabels_strings', ints: 'classlabels_int64s' });
  const outputCount = classes.length;
  const transform = checkTransform(operator, node, ['NONE', 'LOGISTIC', 'SOFTMAX']);
  const trees = readTreeNodes(node, { operator, leaves: 'class', outputCount, precision });
  const ids = node.numbers('class_ids');
  const only = ids[0] ?? 0;
  // With weights for one of two classes they are the second's, whichever id they have.
  const isBinary = outputCount === 2 && ids.every((id) => id === only);
  const onlyWeights = () => trees.map((tree) => ({ ...tree, leafValues: everySecond(tree, only) }));

  if (transform === 'LOGISTIC') {
    if (!isBinary) throw new OnnxOperatorError(operator, 'has a logistic score for each class');
    const baseScore = baseValues(node, 1);
    const shape = { outputCount: 1, aggregation: 'sum', link: 'logistic', baseScore } as const;
    return { classes, estimator: assembleForest(onlyWeights(), shape) };
  }
  if (transform === 'SOFTMAX') {
    if (isBinary) throw new OnnxOperatorError(operator, 'has one score for a softmax of two');
    const baseScore = baseValues(node, outputCount);
    const shape = { outputCount, aggregation: 'sum', link: 'softmax', baseScore } as const;
    return { classes, estimator: assembleForest(trees, shape) };
  }
  if (node.numbers('base_values').some((value) => value !== 0)) {
    throw new OnnxOperatorError(operator, 'adds base values to class shares');
  }
  const shares = isBinary
    ? onlyWeights().map((tree) => ({ ...tree, leafValues: withFirstShare(tree, trees.length) }))
    : trees.map((tree) => ({
        ...tree,
        leafValues: tree.leafValues.map((weight) => weight * trees.length),
      }));
  const normal = shares.map((tree) => ({
    ...tree,
    leafValues: normalizeShares(tree.leafValues, outputCount, operator),
  }));
  return { classes, estimator: assembleForest(normal, { outputCount, aggregation: 'mean' }) };
}

function checkTransform(operator: string, node: NodeAttributes, known: readonly string[]): string {
  const transform = node.text('post_transform') ?? 'NONE';
  if (known.includes(transform)) return transform;
  throw new OnnxOperatorError(operator, `ends in the transform ${transform.slice(0, 40)}`);
}

function baseValues(node: NodeAttributes, outputCount: number): readonly number[] {
  const values = node.numbers('base_values');
  if (values.length === 0) return new Array<number>(outputCount).fill(0);
  if (values.length !== outputCount || !values.every(Number.isFinite)) {
    throw new OnnxCorruptError(node.where, `has no base value for each of ${outputCount} outputs`);
  }
  return values;
}

function everySecond({ leafValues }: GrownTree, offset: number): Float64Array {
  return Float64Array.from(
    { length: leafValues.length / 2 },
    (_, leaf) => leafValues[2 * leaf + offset]!,
  );
}

function withFirstShare({ leafValues }: GrownTree, treeCount: number): Float64Array {
  const shares = new Float64Array(2 * leafValues.length);
  leafValues.forEach((weight, leaf) => {
    shares[2 * leaf] = 1 - weight * treeCount;
    shares[2 * leaf + 1] = weight * treeCount;
  });
  return shares;
}
