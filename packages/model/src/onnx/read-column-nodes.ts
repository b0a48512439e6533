import type { ColumnsValue } from './graph-value.ts';
import { type NodeContext, columnsAt, constantAt, numbersAt, perColumn } from './node-context.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import { DATA_TYPE } from './onnx-messages.ts';

/** Reads a node that makes columns of columns. */
export type ColumnNodeReader = (context: NodeContext) => ColumnsValue;

/** The operators between a graph's inputs and its estimator that are understood, by name. */
export const columnNodeReaders: ReadonlyMap<string, ColumnNodeReader> = new Map([
  ['Identity', (context: NodeContext) => columnsAt(context, 0)],
  ['Cast', readCast],
  ['Concat', readConcat],
  ['Reshape', readReshape],
  ['Flatten', readFlatten],
  ['Unsqueeze', readUnsqueeze],
  ['Gather', readGather],
  ['Add', (context: NodeContext) => readArithmetic(context, 'Add')],
  ['Sub', (context: NodeContext) => readArithmetic(context, 'Sub')],
  ['Mul', (context: NodeContext) => readArithmetic(context, 'Mul')],
  ['Div', (context: NodeContext) => readArithmetic(context, 'Div')],
  ['ai.onnx.ml.ArrayFeatureExtractor', (context: NodeContext) => takeColumns(context)],
  ['ai.onnx.ml.FeatureVectorizer', joinInputs],
  ['ai.onnx.ml.Imputer', readImputer],
  ['ai.onnx.ml.LabelEncoder', readLabelEncoder],
  ['ai.onnx.ml.OneHotEncoder', readOneHotEncoder],
  ['ai.onnx.ml.Scaler', readScaler],
]);

function readCast(context: NodeContext): ColumnsValue {
  const { columns } = numbersAt(context, 0);
  const to = context.attributes.int('to') ?? 0;
  if (to === DATA_TYPE.float) return { kind: 'columns', columns, precision: 'single' };
  if (to === DATA_TYPE.double) return { ...numbersAt(context, 0) };
  throw new OnnxOperatorError(context.operator, `makes elements of type ${to}`);
}

function joinInputs(context: NodeContext): ColumnsValue {
  const blocks = context.inputs.map((_, i) => columnsAt(context, i));
  for (const { columns } of blocks) context.frame.spend(columns.length);
  const columns = blocks.flatMap((block) => block.columns);
  const isDouble = blocks.every(({ precision }) => precision === 'double');
  return { kind: 'columns', columns, precision: isDouble ? 'double' : 'single' };
}

function readConcat(context: NodeContext): ColumnsValue {
  const axis = context.attributes.int('axis') ?? 0;
  if (axis === 1 || axis === -1) return joinInputs(context);
  throw new OnnxOperatorError(context.operator, `puts rows together (axis ${axis})`);
}

function readReshape(context: NodeContext): ColumnsValue {
  const value = columnsAt(context, 0);
  const [rows, width, ...more] = constantAt(context, 1);
  const isSame = rows === -1 && more.length === 0 && width === value.columns.length;
  const isColumn = rows === -1 && width === undefined && value.columns.length === 1;
  if (isSame || isColumn) return value;
  throw new OnnxOperatorError(context.operator, 'changes the number of columns');
}

function readFlatten(context: NodeContext): ColumnsValue {
  const axis = context.attributes.int('axis') ?? 1;
  if (axis === 1) return columnsAt(context, 0);
  throw new OnnxOperatorError(context.operator, `mixes rows (axis ${axis})`);
}

/** A list of cells as a column. */
function readUnsqueeze(context: NodeContext): ColumnsValue {
  const value = columnsAt(context, 0);
  const axes =
    context.inputs[1] === undefined ? context.attributes.numbers('axes') : constantAt(context, 1);
  const isColumn = axes.length === 1 && (axes[0] === 1 || axes[0] === -1);
  if (isColumn && value.columns.length === 1) return value;
  throw new OnnxOperatorError(context.operator, 'makes of columns something else');
}

function readGather(context: NodeContext): ColumnsValue {
  const axis = context.attributes.int('axis') ?? 0;
  if (axis === 1 || axis === -1) return takeColumns(context);
  throw new OnnxOperatorError(context.operator, `takes rows (axis ${axis})`);
}

function takeColumns(context: NodeContext): ColumnsValue {
  const value = columnsAt(context, 0);
  const columns = constantAt(context, 1).map((index) => {
    const column = value.columns[index];
    if (column !== undefined) return column;
    throw new OnnxCorruptError(context.attributes.where, `takes a column ${index}`);
  });
  context.frame.spend(columns.length);
  return { ...value, columns };
}

/** Columns with a constant: another unit, as recipes' min_max_scale has it. */
function readArithmetic(context: NodeContext, opType: 'Add' | 'Sub' | 'Mul' | 'Div'): ColumnsValue {
  const isSwapped =
    context.inputs[0]?.kind === 'constant' && (opType === 'Add' || opType === 'Mul');
  const value = numbersAt(context, isSwapped ? 1 : 0);
  const numbers = perColumn(context, value, constantAt(context, isSwapped ? 0 : 1));
  return rescale(context, value, (i) => {
    const by = numbers[i]!;
    if (opType === 'Mul') return { scale: by, offset: 0 };
    if (opType === 'Div') return { scale: 1 / by, offset: 0 };
    return { scale: 1, offset: opType === 'Add' ? by : -by };
  });
}

function readScaler(context: NodeContext): ColumnsValue {
  const value = numbersAt(context, 0);
  const { attributes, frame, operator } = context;
  const offsets = perColumn(context, value, attributes.numbers('offset'));
  const scales = perColumn(context, value, attributes.numbers('scale'));
  if (scales.some((scale) => !(scale > 0))) {
    return rescale(context, value, (i) => ({
      scale: scales[i]!,
      offset: -offsets[i]! * scales[i]!,
    }));
  }
  frame.spend(value.columns.length);
  const columns = frame.addStep(operator, value.columns, {
    kind: 'standard_scale',
    columns: value.columns.map(({ name }, i) => ({
      column: name,
      mean: offsets[i]!,
      scale: 1 / scales[i]!,
    })),
  });
  return { ...value, columns };
}

function rescale(
  { frame, operator }: NodeContext,
  value: ColumnsValue,
  factorsOf: (index: number) => { readonly scale: number; readonly offset: number },
): ColumnsValue {
  frame.spend(value.columns.length);
  const columns = frame.addStep(operator, value.columns, {
    kind: 'min_max_scale',
    range: [0, 1],
    outside: 'keep',
    columns: value.columns.map(({ name }, i) => ({ column: name, ...factorsOf(i) })),
  });
  return { ...value, columns };
}

function readImputer(context: NodeContext): ColumnsValue {
  const value = numbersAt(context, 0);
  const { attributes, frame, operator } = context;
  const replaced = attributes.float('replaced_value_float');
  if (replaced === undefined || !Number.isNaN(replaced)) {
    throw new OnnxOperatorError(
      operator,
      `fills ${replaced ?? 'whole numbers'}, not missing cells`,
    );
  }
  const fills = perColumn(context, value, attributes.numbers('imputed_value_floats'));
  frame.spend(value.columns.length);
  const columns = frame.addStep(operator, value.columns, {
    kind: 'impute',
    columns: value.columns.map(({ name }, i) => ({
      column: name,
      fill: fills[i]!,
      indicator: false,
    })),
  });
  return { ...value, columns };
}

function readOneHotEncoder(context: NodeContext): ColumnsValue {
  const { attributes, frame, operator } = context;
  const value = columnsAt(context, 0);
  const [column, ...others] = value.columns;
  if (column === undefined || others.length > 0) {
    throw new OnnxOperatorError(operator, `encodes ${value.columns.length} columns at once`);
  }
  const categories: readonly (string | number)[] =
    column.kind === 'text' ? attributes.texts('cats_strings') : attributes.numbers('cats_int64s');
  if (categories.length === 0 || new Set(categories).size < categories.length) {
    throw new OnnxCorruptError(attributes.where, 'has no different categories for its column');
  }
  const columns = frame.addOneHot(operator, column, {
    kind: 'one_hot',
    unknown: (attributes.int('zeros') ?? 1) === 0 ? 'error' : 'ignore',
    columns: [{ column: column.name, categories, rare: [], missing: 'unknown' }],
  });
  return { kind: 'columns', columns, precision: 'single' };
}

/** An encoder of labels that gives the categories the places 0, 1, 2, ...: scikit-learn's ordinals. */
function readLabelEncoder(context: NodeContext): ColumnsValue {
  const { attributes, frame, operator } = context;
  const value = columnsAt(context, 0);
  const texts = attributes.texts('keys_strings');
  const numbers = ['keys_int64s', 'keys_floats', 'keys_tensor'].flatMap(attributes.numbers);
  const keys = texts.length > 0 ? texts : numbers;
  const places = ['values_int64s', 'values_floats', 'values_tensor'].flatMap(attributes.numbers);
  const isPlace = (place: number) => Number.isInteger(place) && place >= 0 && place < keys.length;
  const areAll = places.length === keys.length && new Set(places).size === keys.length;
  if (keys.length === 0 || !areAll || !places.every(isPlace)) {
    throw new OnnxOperatorError(operator, 'gives other numbers than the places of its keys');
  }
  const categories = new Array<string | number>(keys.length);
  places.forEach((place, i) => (categories[place] = keys[i]!));
  const unknown = readDefault(context);
  frame.spend(categories.length);
  const columns = frame.addStep(operator, value.columns, {
    kind: 'ordinal_encode',
    unknown,
    missing: unknown,
    output: 'numeric',
    columns: value.columns.map(({ name }) => ({ column: name, categories })),
  });
  return { kind: 'columns', columns, precision: 'single' };
}

function readDefault({ attributes }: NodeContext): number | 'missing' {
  const isWhole = attributes.numbers('values_int64s').length > 0;
  if (isWhole) return attributes.int('default_int64') ?? -1;
  const real = attributes.float('default_float') ?? attributes.numbers('default_tensor')[0] ?? 0;
  return Number.isFinite(real) ? real : 'missing';
}
