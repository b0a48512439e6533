import type { CodesValue, PredictionValue, ScoresValue } from './graph-value.ts';
import { type NodeContext, constantAt } from './node-context.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';

/**
 * Read a node over the scores of a `TreeEnsemble`: a step on the way to predictions.
 *
 * @param scores those that the node reads, wherever they stand among its inputs.
 * @throws {OnnxOperatorError} when the node does with them what no model here does.
 */
export function readScoreNode(
  context: NodeContext,
  scores: ScoresValue,
): ScoresValue | CodesValue | PredictionValue {
  const { operator, attributes } = context;
  const { sums, form } = scores;
  const isOne = sums.outputCount === 1;
  switch (operator) {
    case 'Identity':
    case 'Cast':
    case 'Reshape':
    case 'Squeeze':
    case 'Flatten':
      return scores;
    case 'Div':
      if (form === 'sums' && context.inputs[0] === scores) return divide(context, scores);
      break;
    case 'Add':
      if (form === 'sums') return addBase(context, scores);
      break;
    case 'Sub':
      if (isOne && context.inputs[1] === scores && isAll(context, 0, 1)) {
        if (form === 'sums') return { ...scores, form: 'first_share' };
        if (form === 'second_logistic') return { ...scores, form: 'first_logistic' };
      }
      break;
    case 'Neg':
      if (isOne && form === 'sums') return { ...scores, form: 'negative' };
      break;
    case 'Sigmoid':
      if (isOne && form === 'sums') return { ...scores, form: 'second_logistic' };
      if (form === 'negative') return { ...scores, form: 'first_logistic' };
      break;
    case 'Exp':
      if (isOne && form === 'sums') return { ...scores, form: 'exponential' };
      break;
    case 'Softmax':
      checkAxis(context, attributes.int('axis') ?? -1);
      if (!isOne && form === 'sums') return { ...scores, form: 'softmax' };
      break;
    case 'Concat':
      checkAxis(context, attributes.int('axis') ?? 0);
      return joinShares(context);
    case 'ArgMax':
      checkAxis(context, attributes.int('axis') ?? 0);
      return { kind: 'codes', of: scores };
    // Predictions that come of those that there are.
    case 'ReduceMax':
      checkAxis(context, attributes.numbers('axes')[0] ?? -1);
      return { kind: 'prediction', of: 'scores' };
    case 'Gather':
      checkAxis(context, attributes.int('axis') ?? 0);
      return { kind: 'prediction', of: 'scores' };
  }
  throw new OnnxOperatorError(operator, `makes of scores what no model here does`);
}

function divide(context: NodeContext, scores: ScoresValue): ScoresValue {
  const [by, ...more] = constantAt(context, 1);
  const { sums } = scores;
  if (by === undefined || more.length > 0 || !Number.isFinite(by) || by === 0) {
    throw new OnnxOperatorError(context.operator, 'divides scores by other than one number');
  }
  const base = sums.base.map((value) => value / by);
  return { ...scores, sums: { ...sums, divisor: sums.divisor * by, base } };
}

function addBase(context: NodeContext, scores: ScoresValue): ScoresValue {
  const numbers = constantAt(context, context.inputs[0] === scores ? 1 : 0);
  const { sums } = scores;
  if (numbers.length !== 1 && numbers.length !== sums.outputCount) {
    const problem = `adds ${numbers.length} numbers to ${sums.outputCount} scores`;
    throw new OnnxCorruptError(context.attributes.where, problem);
  }
  if (!numbers.every(Number.isFinite)) {
    throw new OnnxCorruptError(context.attributes.where, 'adds a number that is not finite');
  }
  const base = sums.base.map((value, k) => value + numbers[numbers.length === 1 ? 0 : k]!);
  return { ...scores, sums: { ...sums, base } };
}

/** The first class's column and the second's, side by side. */
function joinShares({ operator, inputs }: NodeContext): ScoresValue {
  const [first, second, ...more] = inputs;
  if (first?.kind === 'scores' && second?.kind === 'scores' && more.length === 0) {
    const { sums } = second;
    if (first.sums === sums && sums.outputCount === 1) {
      const forms = `${first.form} ${second.form}`;
      if (forms === 'first_share sums') return { ...second, form: 'two_shares' };
      if (forms === 'first_logistic second_logistic') return { ...second, form: 'two_logistic' };
    }
  }
  throw new OnnxOperatorError(operator, 'puts scores together that are not those of two classes');
}

function checkAxis({ operator }: NodeContext, axis: number): void {
  if (axis === 1 || axis === -1) return;
  throw new OnnxOperatorError(operator, `goes over rows (axis ${axis})`);
}

function isAll(context: NodeContext, index: number, wanted: number): boolean {
  const numbers = constantAt(context, index);
  return numbers.length === 1 && numbers[0] === wanted;
}
