import { decodeText } from './decode-message.ts';
import type { CodesValue, ConstantValue } from './graph-value.ts';
import type { NodeContext } from './node-context.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { DATA_TYPE } from './onnx-messages.ts';
import { readNumbers } from './read-tensor.ts';

/**
 * Read a node over the number of the most probable class.
 *
 * @returns the class labels as text where the node looks them up; undefined where it changes nothing.
 * @throws {OnnxCorruptError} unless they are two or more different ones.
 * @throws {OnnxOperatorError} when the node does something else.
 */
export function readLabelNode(
  { operator, inputs, attributes }: NodeContext,
  codes: CodesValue,
): readonly string[] | undefined {
  if (['Identity', 'Cast', 'Reshape', 'Squeeze', 'Flatten'].includes(operator)) return undefined;
  const [labels] = inputs;
  const isLookUp =
    (operator === 'Gather' && (attributes.int('axis') ?? 0) === 0) ||
    operator === 'ai.onnx.ml.ArrayFeatureExtractor';
  if (!isLookUp || labels?.kind !== 'constant' || inputs[1] !== codes) {
    throw new OnnxOperatorError(
      operator,
      'makes of the number of a class something else than a label',
    );
  }
  const classes = textsOf(labels, `${attributes.where}, input 1,`);
  if (classes.length < 2 || new Set(classes).size < classes.length) {
    throw new OnnxCorruptError(attributes.where, 'has no two or more different classes');
  }
  return classes;
}

function textsOf({ tensor }: ConstantValue, where: string): readonly string[] {
  if (tensor.dataType === DATA_TYPE.string) {
    return (tensor.stringData ?? []).map((bytes) => decodeText(bytes, where));
  }
  const numbers = readNumbers(tensor, where);
  if (tensor.dataType === DATA_TYPE.bool) return numbers.map((value) => String(value !== 0));
  return numbers.map(String);
}
