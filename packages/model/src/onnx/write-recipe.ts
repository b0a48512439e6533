import type { ColumnSpec } from '@gnu-mlops/core';
import type { FittedStep, Recipe } from '@gnu-mlops/preprocess';
import type { ElementType, GraphBuilder } from './graph-builder.ts';
import {
  type GraphColumn,
  type NumberColumn,
  joinColumns,
  numberColumn,
  valueOf,
} from './graph-column.ts';
import { castTo } from './graph-math.ts';
import { int64Tensor } from './make-tensor.ts';
import { missingTextsOf } from './missing-texts.ts';
import { OnnxUnsupportedError } from './onnx-errors.ts';
import { writeBin } from './write-bin.ts';
import { writeFrequencyEncode, writeTargetEncode } from './write-category-values.ts';
import { writeDerive } from './write-derive.ts';
import { writeGroupRare } from './write-group-rare.ts';
import { writeImpute } from './write-impute.ts';
import { writeMissingIndicator } from './write-missing-indicator.ts';
import { writeNumberStep } from './write-number-steps.ts';
import { writeOneHot } from './write-one-hot.ts';
import { writeOrdinalEncode } from './write-ordinal-encode.ts';

const elementTypes: { readonly [Type in ColumnSpec['type']]?: ElementType } = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float',
  double: 'double',
  string: 'string',
};

/**
 * Write a recipe's inputs and steps into a graph.
 *
 * @param inputs the columns of the model's signature: all are inputs of the graph, needed or not.
 * @returns the feature matrix: float64, n x features.
 * @throws {OnnxUnsupportedError} when an input or step has no counterpart in ONNX.
 */
export function writeRecipe(
  graph: GraphBuilder,
  recipe: Recipe,
  inputs: readonly ColumnSpec[],
): string {
  // With a single input MLflow passes the whole data frame, which has two dimensions.
  const shape = inputs.length === 1 ? [-1, 1] : [-1];
  const values = new Map(inputs.map((input) => [input.name, writeInput(graph, input, shape)]));
  let columns = recipe.inputs.map(({ name, type }): GraphColumn => {
    const value = values.get(name)!;
    if (type === 'string') {
      return { kind: 'text', name, value, missingTexts: missingTextsOf(name, recipe.steps) };
    }
    const numbers = type === 'double' ? value : castTo(graph, value, 'double');
    return { ...numberColumn(name, numbers), isBoolean: type === 'boolean' };
  });
  for (const step of recipe.steps) {
    columns =
      step.kind === 'derive'
        ? [...writeDerive(graph, columns, step)]
        : columns.flatMap((column) => writeStep(graph, step, column));
  }
  checkFeatures(columns, recipe);
  return joinColumns(graph, columns);
}

function writeInput(
  graph: GraphBuilder,
  { name, type }: ColumnSpec,
  shape: readonly number[],
): string {
  const elementType = elementTypes[type];
  if (elementType === undefined) {
    throw new OnnxUnsupportedError(`the input "${name}"`, `is a ${type}, which no tensor holds`);
  }
  if (name === '') throw new OnnxUnsupportedError('an input', 'has an empty name');
  const value = graph.input(name, elementType, shape);
  if (shape.length === 2) return value;
  return graph.operator('Unsqueeze', { inputs: [value, graph.constant(int64Tensor([1]))] });
}

function writeStep(
  graph: GraphBuilder,
  step: FittedStep,
  column: GraphColumn,
): readonly GraphColumn[] {
  switch (step.kind) {
    case 'drop':
      return step.columns.includes(column.name) ? [] : [column];
    case 'impute':
      return writeImpute(graph, column, step);
    case 'one_hot':
      return writeOneHot(graph, column, step);
    case 'ordinal_encode':
      return writeOrdinalEncode(graph, column, step);
    case 'frequency_encode':
      return writeFrequencyEncode(graph, column, step);
    case 'target_encode':
      return writeTargetEncode(graph, column, step);
    case 'missing_indicator':
      return writeMissingIndicator(graph, column, step);
    case 'group_rare':
      return column.kind === 'text' ? writeGroupRare(graph, column, step) : [column];
    case 'bin':
      return column.kind === 'number' ? writeBin(graph, column, step) : [column];
    case 'clip':
    case 'log':
    case 'log1p':
    case 'min_max_scale':
    case 'robust_scale':
    case 'standard_scale':
    case 'yeo_johnson': {
      if (column.kind === 'text') return [column];
      const { name } = column;
      const isNamed = step.columns.some((entry) =>
        typeof entry === 'string' ? entry === name : entry.column === name,
      );
      if (!isNamed) return [column];
      const result = writeNumberStep(graph, step, { name, value: valueOf(graph, column) });
      return result === undefined ? [column] : [numberColumn(name, result)];
    }
    default:
      throw new OnnxUnsupportedError(`the step ${step.kind}`, 'has no counterpart in ONNX');
  }
}

function checkFeatures(
  columns: readonly GraphColumn[],
  { features }: Recipe,
): asserts columns is readonly NumberColumn[] {
  const isSame =
    columns.length === features.length &&
    columns.every(({ kind, name }, i) => kind === 'number' && name === features[i]!.name);
  if (!isSame) {
    throw new OnnxUnsupportedError('the recipe', 'makes other features than it names');
  }
}
