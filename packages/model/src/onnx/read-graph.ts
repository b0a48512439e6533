import type { ColumnSpec } from '@gnu-mlops/core';
import { columnNodeReaders } from './read-column-nodes.ts';
import type { GraphValue, ScoresValue } from './graph-value.ts';
import { type ImportFrame, type ImportedRecipe, createImportFrame } from './import-frame.ts';
import type { ImportedEstimator } from './imported-estimator.ts';
import { type NodeAttributes, readAttributes } from './node-attributes.ts';
import { type NodeContext, numbersAt } from './node-context.ts';
import { OnnxCorruptError, OnnxOperatorError } from './onnx-errors.ts';
import type { ModelProto, NodeProto } from './onnx-messages.ts';
import { type GraphInput, readInputs } from './read-inputs.ts';
import { readLabelNode } from './read-label-node.ts';
import { readLinearClassifier, readLinearRegressor } from './read-linear.ts';
import { readScoreNode } from './read-score-nodes.ts';
import { readTreeEnsemble } from './read-tree-ensemble.ts';
import { readTreeClassifier, readTreeRegressor } from './read-trees.ts';
import { classificationTrees, regressionTrees } from './tree-scores.ts';

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

  let recipe: ImportedRecipe | undefined;
  let imported: ImportedEstimator | undefined;
  for (const [index, node] of (graph.node ?? []).entries()) {
    const context = openNode(node, index, { values, frame });
    const read = estimatorReaders.get(context.operator);
    if (read !== undefined) {
      if (recipe !== undefined) {
        throw new OnnxOperatorError(context.operator, 'is a second estimator in one graph');
      }
      const { columns, precision } = numbersAt(context, 0);
      const made = read(context.attributes, precision);
      recipe = frame.finish(context.operator, columns);
      if ('estimator' in made) imported = made;
      define(values, node, 'estimator' in made ? predictionsOf(made) : [made]);
      continue;
    }
    const codes = context.inputs.find((value) => value?.kind === 'codes');
    const classes = codes && readLabelNode(context, codes);
    if (codes !== undefined && classes !== undefined) {
      if (imported !== undefined) {
        throw new OnnxOperatorError(context.operator, 'looks labels up a second time');
      }
      imported = { estimator: classificationTrees(codes.of, classes.length), classes };
      define(values, node, [{ kind: 'prediction', of: 'labels' }]);
      continue;
    }
    define(values, node, [codes ?? readPlainNode(context, node)]);
  }
  if (recipe === undefined) throw new OnnxCorruptError('graph', 'has no estimator');
  imported ??= { estimator: regressionTrees(scoresOut(graph, values)), classes: undefined };
  checkOutputs(graph, values);
  return { imported, recipe, inputs: inputs.flatMap(({ columns }) => columns) };
}

function predictionsOf({ classes }: ImportedEstimator): GraphValue[] {
  const scores = { kind: 'prediction', of: 'scores' } as const;
  return classes === undefined ? [scores] : [{ kind: 'prediction', of: 'labels' }, scores];
}

/** The scores that a graph without labels gives out. */
function scoresOut(
  { output = [] }: NonNullable<ModelProto['graph']>,
  values: ReadonlyMap<string, GraphValue>,
): ScoresValue {
  const given = output.map(({ name = '' }) => values.get(name));
  const scores = given.find((value) => value?.kind === 'scores');
  if (scores !== undefined && given.length === 1) return scores;
  throw new OnnxOperatorError('ai.onnx.ml.TreeEnsemble', 'has scores of which no label is made');
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
  const scores = context.inputs.find((value) => value?.kind === 'scores');
  if (scores !== undefined) return readScoreNode(context, scores);
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
  if (['Identity', 'Cast', 'Reshape', 'Squeeze'].includes(operator)) return true;
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

type EstimatorReader = (
  attributes: NodeAttributes,
  precision: 'single' | 'double',
) => ImportedEstimator | ScoresValue;

const estimatorReaders: ReadonlyMap<string, EstimatorReader> = new Map<string, EstimatorReader>([
  ['ai.onnx.ml.TreeEnsembleClassifier', readTreeClassifier],
  ['ai.onnx.ml.TreeEnsembleRegressor', readTreeRegressor],
  ['ai.onnx.ml.TreeEnsemble', readTreeEnsemble],
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
    const kind = values.get(name)?.kind;
    if (kind !== 'prediction' && kind !== 'scores') {
      throw new OnnxCorruptError(`the output "${name}"`, "is not the estimator's");
    }
  }
}
