import type { ColumnsValue, GraphValue } from './graph-value.ts';
import type { ImportFrame } from './import-frame.ts';
import type { NodeAttributes } from './node-attributes.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { readNumbers } from './read-tensor.ts';

/** A node that is being read, and all that it may look at. */
export interface NodeContext {
  /** The operator with its domain, for errors. */
  readonly operator: string;
  readonly attributes: NodeAttributes;
  /** An input that is left out is undefined. */
  readonly inputs: readonly (GraphValue | undefined)[];
  readonly frame: ImportFrame;
}

/** @throws {OnnxOperatorError} when the input is no block of columns. */
export function columnsAt({ inputs, operator }: NodeContext, index: number): ColumnsValue {
  const value = inputs[index];
  if (value?.kind === 'columns') return value;
  throw new OnnxOperatorError(operator, `has an input ${index + 1} that is no columns`);
}

/** @throws {OnnxOperatorError} when the input is no constant tensor of numbers. */
export function constantAt(context: NodeContext, index: number): readonly number[] {
  const value = context.inputs[index];
  if (value?.kind !== 'constant') {
    throw new OnnxOperatorError(context.operator, `has an input ${index + 1} that is no constant`);
  }
  return readNumbers(value.tensor, `${context.attributes.where}, input ${index + 1},`);
}

/** @throws {OnnxOperatorError} when some of the columns hold text. */
export function numbersAt(context: NodeContext, index: number): ColumnsValue {
  const value = columnsAt(context, index);
  const text = value.columns.find(({ kind }) => kind === 'text');
  if (text === undefined) return value;
  throw new OnnxOperatorError(context.operator, `takes the text column "${text.name}" as numbers`);
}

/** A number for each column, from a list of as many or of one. @throws {OnnxCorruptError} */
export function perColumn(
  { attributes }: NodeContext,
  { columns }: ColumnsValue,
  values: readonly number[],
): readonly number[] {
  if (values.length !== columns.length && values.length !== 1) {
    throw new OnnxCorruptError(
      attributes.where,
      `has ${values.length} numbers for ${columns.length} columns`,
    );
  }
  if (!values.every(Number.isFinite)) {
    throw new OnnxCorruptError(attributes.where, 'has a number that is not finite');
  }
  return columns.map((_, i) => values[values.length === 1 ? 0 : i]!);
}
