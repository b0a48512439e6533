import type { ColumnSpec } from '@gnu-mlops/core';
import { columnNodeReaders } from './read-column-nodes.ts';
import type { GraphValue } from './graph-value.ts';
import { type ImportFrame, type ImportedRecipe, createImportFrame } from './import-frame.ts';
import type { ImportedEstimator } from './imported-estimator.ts';
import { type NodeAttributes, readAttributes } from './node-attributes.ts';
import { type NodeContext, numbersAt } from './node-context.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import type { ModelProto, NodeProto } from './onnx-messages.ts';
import { type GraphInput, readInputs } from './read-inputs.ts';
import { readLinearClassifier, readLinearRegressor } from './read-linear.ts';
import { readTreeClassifier, readTreeRegressor } from './read-trees.ts';

/** What a graph computes, in our words. */
export interface ImportedGraph {
  readonly imported: ImportedEstimator;
  readonly recipe: ImportedRecipe;
  readonly inputs: readonly ColumnSpec[];
}

/**
 * Read a graph: operators on columns, one estimator, and what lays its predictions out.
 *
 * @param columnNames of all raw columns in order; default: as the graph names its inputs.
 * @throws {OnnxCorruptError} {OnnxOperatorError} {OnnxOptionError}
 */
export function readGraph(
  graph: NonNullable<ModelProto['graph']>,
  columnNames: readonly string[] | undefined,
): ImportedGraph {
  const frame = createImportFrame();
  const values = new Map<string, GraphValue>();
  for (const tensor of graph.initializer ?? []) {
    values.set(tensor.name ?? '', { kind: 'constant', tensor });
  }
  const inputs = readInputs(graph, columnNames);
  for (const input of inputs) values.set(input.name, inputValue(frame, input));

  let found: Omit<ImportedGraph, 'inputs'> | undefined;
  for (const [index, node] of (graph.node ?? []).entries()) {
    const context = openNode(node, index, { values, frame });
    const estimator = readEstimatorNode(context);
    if (estimator === undefined) {
      define(values, node, [readPlainNode(context, node)]);
      continue;
    }
    if (found !== undefined) {
      throw new OnnxOperatorError(context.operator, 'is a second estimator in one graph');
    }
    found = estimator;
    const scores = { kind: 'prediction', of: 'scores' } as const;
    const labels = { kind: 'prediction', of: 'labels' } as const;
    define(values, node, estimator.imported.classes === undefined ? [scores] : [labels, scores]);
  }
  if (found === undefined) throw new OnnxCorruptError('graph', 'has no estimator');
  checkOutputs(graph, values);
  return { ...found, inputs: inputs.flatMap(({ columns }) => columns) };
}

function inputValue(frame: ImportFrame, { columns, precision }: GraphInput): GraphValue {
  return { kind: 'columns', columns: columns.map((spec) => frame.addInput(spec)), precision };
}

interface OpenGraph {
  readonly values: ReadonlyMap<string, GraphValue>;
  readonly frame: ImportFrame;
}

function openNode(node: NodeProto, index: number, { values, frame }: OpenGraph): NodeContext {
  const { domain = '', opType = '' } = node;
  const isPlain = domain === '' || domain === 'ai.onnx';
  const operator = (isPlain ? opType : `${domain}.${opType}`).slice(0, 100);
  const attributes = readAttributes(node, `graph.node[${index}] (${operator})`);
  const inputs = (node.input ?? []).map((name) => {
    if (name === '') return undefined;
    const value = values.get(name);
    if (value !== undefined) return value;
    throw new OnnxCorruptError(attributes.where, `reads "${name}", which nothing before it makes`);
  });
  return { operator, attributes, inputs, frame };
}

function readPlainNode(context: NodeContext, { opType }: NodeProto): GraphValue {
  const [first] = context.inputs;
  if (first?.kind === 'prediction') {
    if (laysPredictionsOut(context, first.of)) return first;
    throw new OnnxOperatorError(context.operator, 'changes predictions');
  }
  if (opType === 'Constant') return readConstant(context);
  const read = columnNodeReaders.get(context.operator);
  if (read === undefined) throw new OnnxOperatorError(context.operator, 'is not known here');
  return read(context);
}

/** Whether a node gives predictions another form and leaves them what they are. */
function laysPredictionsOut(
  { operator, attributes }: NodeContext,
  of: 'labels' | 'scores',
): boolean {
  if (operator === 'Identity' || operator === 'Cast' || operator === 'Reshape') return true;
  if (of === 'labels') return false;
  // Probabilities that sum to 1 already.
  const isL1 = operator === 'ai.onnx.ml.Normalizer' && attributes.text('norm') === 'L1';
  return isL1 || operator === 'ai.onnx.ml.ZipMap';
}

function readConstant({ operator, attributes }: NodeContext): GraphValue {
  const tensor = attributes.tensor('value');
  if (tensor === undefined) throw new OnnxOperatorError(operator, 'has no tensor');
  return { kind: 'constant', tensor };
}

function readEstimatorNode(context: NodeContext): Omit<ImportedGraph, 'inputs'> | undefined {
  const read = estimatorReaders.get(context.operator);
  if (read === undefined) return undefined;
  const { columns, precision } = numbersAt(context, 0);
  const imported = read(context.attributes, precision);
  return { imported, recipe: context.frame.finish(context.operator, columns) };
}

type EstimatorReader = (
  attributes: NodeAttributes,
  precision: 'single' | 'double',
) => ImportedEstimator;

const estimatorReaders: ReadonlyMap<string, EstimatorReader> = new Map<string, EstimatorReader>([
  ['ai.onnx.ml.TreeEnsembleClassifier', readTreeClassifier],
  ['ai.onnx.ml.TreeEnsembleRegressor', readTreeRegressor],
  ['ai.onnx.ml.LinearClassifier', readLinearClassifier],
  ['ai.onnx.ml.LinearRegressor', readLinearRegressor],
]);

function define(
  values: Map<string, GraphValue>,
  { output = [] }: NodeProto,
  made: readonly GraphValue[],
): void {
  made.forEach((value, i) => {
    const name = output[i];
    if (name === undefined || name === '') return;
    if (values.has(name)) throw new OnnxCorruptError('graph', `makes "${name}" twice`);
    values.set(name, value);
  });
}

function checkOutputs(
  { output = [] }: NonNullable<ModelProto['graph']>,
  values: ReadonlyMap<string, GraphValue>,
): void {
  for (const { name = '' } of output) {
    if (values.get(name)?.kind !== 'prediction') {
      throw new OnnxCorruptError(`the output "${name}"`, "is not the estimator's");
    }
  }
}
