import { assembleForest } from '../assemble-forest.ts';
import type { TreeEnsemble } from '../estimator.ts';
import type { GrownTree } from '../grown-tree.ts';
import { normalizeShares } from './normalize-shares.ts';
import type { ScoresValue, TreeSums } from './graph-value.ts';
import { OnnxOperatorError } from './onnx-errors.ts';

const OPERATOR = 'ai.onnx.ml.TreeEnsemble';

/**
 * The ensemble of a regression whose outputs are these.
 *
 * @throws {OnnxOperatorError} when they are no one number a row.
 */
export function regressionTrees({ sums, form }: ScoresValue): TreeEnsemble {
  if (sums.outputCount !== 1) {
    throw new OnnxOperatorError(OPERATOR, `has ${sums.outputCount} targets, not one`);
  }
  if (form === 'sums') return assemble(sums, 'identity');
  if (form === 'exponential') return assemble(sums, 'exponential');
  throw new OnnxOperatorError(OPERATOR, 'ends in probabilities without labels');
}

/**
 * The ensemble of a classification whose probabilities are these, one column a class.
 *
 * @throws {OnnxOperatorError} when they are no probabilities of `classCount` classes.
 */
export function classificationTrees({ sums, form }: ScoresValue, classCount: number): TreeEnsemble {
  const { outputCount, base } = sums;
  const width = form === 'two_shares' || form === 'two_logistic' ? 2 : outputCount;
  if (width !== classCount || width < 2) {
    throw new OnnxOperatorError(OPERATOR, `has ${width} scores for ${classCount} classes`);
  }
  if (form === 'two_logistic') return assemble(sums, 'logistic');
  if (form === 'softmax') return assemble(sums, 'softmax');
  if (form !== 'two_shares' && form !== 'sums') {
    throw new OnnxOperatorError(OPERATOR, 'has scores that are no probabilities');
  }
  if (base.some((value) => value !== 0)) {
    throw new OnnxOperatorError(OPERATOR, 'adds base values to class shares');
  }
  const factor = sums.trees.length / sums.divisor;
  const shares = sums.trees.map(({ leafValues, ...tree }) => {
    const scaled = leafValues.map((value) => value * factor);
    const all = form === 'two_shares' ? withFirst(scaled) : scaled;
    return { ...tree, leafValues: normalizeShares(all, classCount, OPERATOR) };
  });
  return assembleForest(shares, { outputCount: classCount, aggregation: 'mean' });
}

function assemble(sums: TreeSums, link: TreeEnsemble['link']): TreeEnsemble {
  const { trees, outputCount, divisor, base: baseScore } = sums;
  if (divisor === trees.length) {
    return assembleForest(trees, { outputCount, aggregation: 'mean', baseScore, link });
  }
  const scaled = trees.map((tree): GrownTree => {
    return { ...tree, leafValues: tree.leafValues.map((value) => value / divisor) };
  });
  return assembleForest(scaled, { outputCount, aggregation: 'sum', baseScore, link });
}

function withFirst(second: Float64Array): Float64Array {
  return Float64Array.from({ length: 2 * second.length }, (_, i) =>
    i % 2 === 0 ? 1 - second[i >> 1]! : second[i >> 1]!,
  );
}
