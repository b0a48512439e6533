import type { LinearEstimator } from '../estimator.ts';
import type { ImportedEstimator } from './imported-estimator.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { readClasses } from './read-classes.ts';

/** Read a `LinearRegressor` node of one target. @throws {OnnxCorruptError} {OnnxOperatorError} */
export function readLinearRegressor(node: NodeAttributes): ImportedEstimator {
  const operator = 'ai.onnx.ml.LinearRegressor';
  const targets = node.int('targets') ?? 1;
  if (targets !== 1) throw new OnnxOperatorError(operator, `has ${targets} targets, not one`);
  const transform = node.text('post_transform') ?? 'NONE';
  if (transform !== 'NONE') {
    throw new OnnxOperatorError(operator, `ends in the transform ${transform.slice(0, 40)}`);
  }
  return { estimator: linear(readRows(node, 1), 'identity'), classes: undefined };
}

/**
 * Read a `LinearClassifier` node: two classes by a logistic score, or several by softmax.
 *
 * @throws {OnnxCorruptError}
 * @throws {OnnxOperatorError} when its outputs are no probabilities, or made in another way.
 */
export function readLinearClassifier(node: NodeAttributes): ImportedEstimator {
  const operator = 'ai.onnx.ml.LinearClassifier';
  const classes = readClasses(node, { texts: 'classlabels_strings', ints: 'classlabels_ints' });
  const transform = node.text('post_transform') ?? 'NONE';
  const rowCount = node.numbers('intercepts').length;
  if (transform === 'SOFTMAX' && rowCount === classes.length) {
    return { estimator: linear(readRows(node, rowCount), 'softmax'), classes };
  }
  if (transform !== 'LOGISTIC') {
    throw new OnnxOperatorError(operator, `ends in the transform ${transform.slice(0, 40)}`);
  }
  if (classes.length > 2 || rowCount < 1 || rowCount > 2) {
    throw new OnnxOperatorError(operator, 'has a logistic score for each class');
  }
  const rows = readRows(node, rowCount);
  const second = rows[rowCount - 1]!;
  const isOpposite = (value: number, i: number) => value === -second[i]!;
  if (rowCount === 2 && !rows[0]!.every(isOpposite)) {
    throw new OnnxOperatorError(operator, 'has two scores that are not opposite');
  }
  return { estimator: linear([second], 'logistic'), classes };
}

/** Each output's coefficients, and its intercept as the last number. */
type Rows = readonly (readonly number[])[];

function readRows(node: NodeAttributes, rowCount: number): Rows {
  const coefficients = node.numbers('coefficients');
  const intercepts = node.numbers('intercepts');
  const width = coefficients.length / rowCount;
  if (!Number.isInteger(width) || width < 1 || ![0, rowCount].includes(intercepts.length)) {
    throw new OnnxCorruptError(node.where, 'has coefficients that do not fit its intercepts');
  }
  if (![...coefficients, ...intercepts].every(Number.isFinite)) {
    throw new OnnxCorruptError(node.where, 'has coefficients that are not finite');
  }
  return Array.from({ length: rowCount }, (_, k) => [
    ...coefficients.slice(k * width, (k + 1) * width),
    intercepts[k] ?? 0,
  ]);
}

function linear(rows: Rows, link: LinearEstimator['link']): LinearEstimator {
  return {
    kind: 'linear',
    outputCount: rows.length,
    coefficients: Float64Array.from(rows.flatMap((row) => row.slice(0, -1))),
    intercepts: Float64Array.from(rows, (row) => row.at(-1)!),
    link,
  };
}
