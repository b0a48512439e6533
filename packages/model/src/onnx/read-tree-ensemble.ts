import type { ScoresValue } from './graph-value.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { readEnsembleTrees } from './read-ensemble-trees.ts';
import type { TreeShape } from './tree-table.ts';

const OPERATOR = 'ai.onnx.ml.TreeEnsemble';
const MAX_TARGETS = 100_000;

/** By `aggregate_function`. */
const AVERAGE = 0;
const SUM = 1;

/** By `post_transform`. */
const NONE = 0;

/**
 * Read a `TreeEnsemble` node, the form that trees have since ai.onnx.ml 5: scores, of which other nodes
 * make predictions.
 *
 * @throws {OnnxCorruptError}
 * @throws {OnnxOperatorError} when it does what no ensemble here does.
 */
export function readTreeEnsemble(
  node: NodeAttributes,
  precision: TreeShape['precision'],
): ScoresValue {
  const outputCount = node.int('n_targets') ?? 1;
  if (!Number.isSafeInteger(outputCount) || outputCount < 1 || outputCount > MAX_TARGETS) {
    throw new OnnxCorruptError(node.where, `has ${outputCount} targets`);
  }
  const aggregate = node.int('aggregate_function') ?? SUM;
  if (aggregate !== SUM && aggregate !== AVERAGE) {
    throw new OnnxOperatorError(OPERATOR, 'combines trees by neither sum nor mean');
  }
  // By the standard 1 is softmax and 2 logistic; ONNX Runtime (1.31) has it the other way round.
  if ((node.int('post_transform') ?? NONE) !== NONE) {
    const problem = 'ends in a transform, of which runtimes differ; write it as a node behind';
    throw new OnnxOperatorError(OPERATOR, problem);
  }
  const trees = readEnsembleTrees(node, { outputCount, precision });
  const divisor = aggregate === SUM ? 1 : node.numbers('tree_roots').length;
  const base = new Array<number>(outputCount).fill(0);
  return { kind: 'scores', sums: { trees, outputCount, divisor, base }, form: 'sums' };
}
