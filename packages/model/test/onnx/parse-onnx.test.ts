import {
  type Table,
  createColumnBuilder,
  createRandom,
  createTable,
  isGnuMlopsError,
} from '@gnu-mlops/core';
import { describe, expect, it } from 'vitest';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import type { Model } from '../../src/model.ts';
import { encodeMessage } from '../../src/onnx/encode-message.ts';
import { formatOnnx } from '../../src/onnx/format-onnx.ts';
import {
  type AttributeProto,
  DATA_TYPE,
  ML_DOMAIN,
  type NodeProto,
  type TensorProto,
  modelProto,
} from '../../src/onnx/onnx-messages.ts';
import { parseOnnx } from '../../src/onnx/parse-onnx.ts';
import { predictTable } from '../../src/predict-table.ts';

const utf8 = new TextEncoder();
const ints = (name: string, ...values: number[]): AttributeProto => ({ name, ints: values });
const floats = (name: string, ...values: number[]): AttributeProto => ({ name, floats: values });
const text = (name: string, value: string): AttributeProto => ({ name, s: utf8.encode(value) });
const texts = (name: string, ...values: string[]): AttributeProto => ({
  name,
  strings: values.map((value) => utf8.encode(value)),
});
const real = (name: string, f: number): AttributeProto => ({ name, f });
const whole = (name: string, i: number): AttributeProto => ({ name, i });

function node(
  opType: string,
  input: string[],
  output: string[],
  ...attribute: AttributeProto[]
): NodeProto {
  const plain = ['Cast', 'Concat', 'Identity', 'Mul', 'Reshape', 'Gather'].includes(opType);
  return { opType, input, output, attribute, ...(!plain && { domain: ML_DOMAIN }) };
}

interface Graph {
  readonly inputs: readonly (readonly [
    name: string,
    type: keyof typeof DATA_TYPE,
    width: number,
  ])[];
  readonly nodes: readonly NodeProto[];
  readonly outputs: readonly string[];
  readonly constants?: readonly TensorProto[];
}

function bytesOf({ inputs, nodes, outputs, constants = [] }: Graph): Uint8Array {
  return encodeMessage(
    {
      irVersion: 8,
      producerName: 'skl2onnx',
      graph: {
        node: nodes,
        initializer: constants,
        input: inputs.map(([name, type, width]) => ({
          name,
          type: {
            tensorType: {
              elemType: DATA_TYPE[type],
              shape: { dim: [{ dimParam: 'n' }, { dimValue: width }] },
            },
          },
        })),
        output: outputs.map((name) => ({ name })),
      },
    },
    modelProto,
  );
}

/** One split of feature 0 at 0.1 (as float32), and leaves of the second class's share. */
function stump(mode: string, ...more: AttributeProto[]): NodeProto {
  return node(
    'TreeEnsembleClassifier',
    ['x'],
    ['label', 'scores'],
    ints('nodes_treeids', 0, 0, 0),
    ints('nodes_nodeids', 0, 1, 2),
    ints('nodes_featureids', 0, 0, 0),
    texts('nodes_modes', mode, 'LEAF', 'LEAF'),
    floats('nodes_values', 0.1, 0, 0),
    ints('nodes_truenodeids', 1, 0, 0),
    ints('nodes_falsenodeids', 2, 0, 0),
    ints('class_treeids', 0, 0),
    ints('class_nodeids', 1, 2),
    ints('class_ids', 0, 0),
    floats('class_weights', 0.25, 0.75),
    ints('classlabels_int64s', 0, 1),
    ...more,
  );
}

function numbers(...values: number[]): Table {
  return createTable([['x', { kind: 'numeric', values: Float64Array.from(values) }]]);
}

function secondProbabilities(model: Model, table: Table): number[] {
  const predictions = predictTable(model, table);
  if (predictions.task !== 'classification') throw new Error('no classes');
  return Array.from(predictions.labels, (_, row) => predictions.probabilities[row * 2 + 1]!);
}

const stumpGraph = (head: NodeProto): Graph => ({
  inputs: [['x', 'float', 1]],
  nodes: [head],
  outputs: ['label', 'scores'],
});

const single = Math.fround(0.1);

describe('parseOnnx: trees', () => {
  it.each([
    ['BRANCH_LEQ', [0.25, 0.25, 0.75, 0.75]],
    ['BRANCH_LT', [0.25, 0.75, 0.75, 0.75]],
    ['BRANCH_GT', [0.75, 0.75, 0.25, 0.75]],
    ['BRANCH_GTE', [0.75, 0.25, 0.25, 0.75]],
  ])('compare by %s as float32, and send missing values to the false branch', (mode, wanted) => {
    const model = parseOnnx(bytesOf(stumpGraph(stump(mode))));
    expect(secondProbabilities(model, numbers(0, 0.1, single + 1e-8, NaN))).toEqual(wanted);
  });

  it('send missing values to the true branch where the node says so', () => {
    const tracks = ints('nodes_missing_value_tracks_true', 1, 0, 0);
    const model = parseOnnx(bytesOf(stumpGraph(stump('BRANCH_GT', tracks))));
    expect(secondProbabilities(model, numbers(NaN, 0))).toEqual([0.25, 0.75]);
  });

  it('compare as float64 where the input is double', () => {
    const graph = { ...stumpGraph(stump('BRANCH_LEQ')), inputs: [['x', 'double', 1]] as const };
    const model = parseOnnx(bytesOf(graph));
    expect(secondProbabilities(model, numbers(single, single + 1e-15))).toEqual([0.25, 0.75]);
  });

  it('add log odds and a base value up where the transform is logistic', () => {
    const boosted = stump(
      'BRANCH_LEQ',
      text('post_transform', 'LOGISTIC'),
      floats('base_values', 0.5),
    );
    const [left] = secondProbabilities(parseOnnx(bytesOf(stumpGraph(boosted))), numbers(0));
    expect(left).toBeCloseTo(1 / (1 + Math.exp(-0.75)), 12);
  });

  it('keep the classes, the target and the column names that are given', () => {
    const model = parseOnnx(bytesOf(stumpGraph(stump('BRANCH_LEQ'))), {
      columns: ['amount'],
      target: 'churned',
    });
    expect(model.target).toEqual({ name: 'churned', classes: ['0', '1'] });
    expect(model.signature.inputs).toEqual([{ name: 'amount', type: 'double', required: true }]);
    expect(parseModel(formatModel(model))).toEqual(model);
  });
});

describe('parseOnnx: pipelines', () => {
  /** The text comes first among the features, and last among the columns. */
  const pipeline: Graph = {
    inputs: [
      ['wide', 'float', 2],
      ['unused', 'float', 1],
      ['colour', 'string', 1],
    ],
    constants: [
      { name: 'first', dims: [1], dataType: DATA_TYPE.int64, int64Data: [0] },
      { name: 'factor', dims: [1], dataType: DATA_TYPE.float, floatData: [2] },
      {
        name: 'shape',
        dims: [2],
        dataType: DATA_TYPE.int64,
        rawData: new Uint8Array(BigInt64Array.of(-1n, 2n).buffer),
      },
    ],
    nodes: [
      node(
        'OneHotEncoder',
        ['colour'],
        ['hot'],
        texts('cats_strings', 'red', 'blue'),
        whole('zeros', 1),
      ),
      node('Reshape', ['hot', 'shape'], ['flat']),
      node('ArrayFeatureExtractor', ['wide', 'first'], ['a']),
      node(
        'Imputer',
        ['a'],
        ['full'],
        floats('imputed_value_floats', 3),
        real('replaced_value_float', NaN),
      ),
      node('Scaler', ['full'], ['scaled'], floats('offset', 1), floats('scale', 0.5)),
      node('Mul', ['factor', 'scaled'], ['doubled']),
      node('Concat', ['flat', 'doubled'], ['all'], whole('axis', 1)),
      node(
        'LinearRegressor',
        ['all'],
        ['value'],
        floats('coefficients', 10, 20, 1),
        floats('intercepts', 100),
      ),
      node('Identity', ['value'], ['y']),
    ],
    outputs: ['y'],
  };

  it('take more categories than a call takes arguments', () => {
    const categories = Array.from({ length: 150_000 }, (_, i) => `${i}`);
    const graph: Graph = {
      inputs: [['c', 'string', 1]],
      nodes: [
        node('OneHotEncoder', ['c'], ['hot'], {
          name: 'cats_strings',
          strings: categories.map((category) => utf8.encode(category)),
        }),
        node(
          'LinearRegressor',
          ['hot'],
          ['y'],
          { name: 'coefficients', floats: categories.map((_, i) => i) },
          floats('intercepts', 1),
        ),
      ],
      outputs: ['y'],
    };
    expect(parseOnnx(bytesOf(graph)).recipe.features).toHaveLength(150_000);
  });

  it('become a recipe over the columns that are used, whatever their order', () => {
    const model = parseOnnx(bytesOf(pipeline));
    expect(model.signature.inputs.map(({ name, type }) => [name, type])).toEqual([
      ['wide_0', 'double'],
      ['colour', 'string'],
    ]);
    const colour = createColumnBuilder({ name: 'colour', type: 'string' });
    for (const cell of ['red', 'blue', 'green', null]) colour.appendValue(cell);
    const table = createTable([
      ['colour', colour.finish()],
      ['wide_0', { kind: 'numeric', values: Float64Array.of(1, 5, NaN, 2) }],
    ]);
    const predictions = predictTable(model, table);
    // 100 + 10 red + 20 blue + (filled - 1) * 0.5 * 2
    expect(predictions).toMatchObject({ values: Float64Array.of(110, 124, 102, 101) });
    expect(parseModel(formatModel(model))).toEqual(model);
  });

  it.each([
    ['ai.onnx.ml.SVMClassifier', [node('SVMClassifier', ['x'], ['label', 'scores'])]],
    ['ai.onnx.ml.TreeEnsembleClassifier', [stump('BRANCH_EQ')]],
    ['ai.onnx.ml.TreeEnsembleClassifier', [stump('BRANCH_LEQ', text('post_transform', 'PROBIT'))]],
    ['ai.onnx.ml.Normalizer', [node('Normalizer', ['x'], ['z'], text('norm', 'L2'))]],
    ['Concat', [node('Concat', ['x', 'x'], ['z'], whole('axis', 0))]],
    [
      'ai.onnx.ml.Scaler',
      [
        node('Scaler', ['x'], ['z'], floats('offset', 0), floats('scale', 1)),
        node('Scaler', ['x'], ['w'], floats('offset', 1), floats('scale', 1)),
      ],
    ],
    [
      'ai.onnx.ml.TreeEnsembleClassifier',
      [node('Scaler', ['x'], ['z'], floats('offset', 0), floats('scale', 1)), stump('BRANCH_LEQ')],
    ],
  ])('throw MODEL_ONNX_OPERATOR naming %s', (operator, nodes) => {
    const graph = { ...stumpGraph(nodes[0]!), nodes };
    expect(() => parseOnnx(bytesOf(graph))).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_OPERATOR', operator }),
    );
  });

  it('throw MODEL_ONNX_OPTION when the names are not as many as the columns', () => {
    const bytes = bytesOf(stumpGraph(stump('BRANCH_LEQ')));
    expect(() => parseOnnx(bytes, { columns: ['a', 'b'] })).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_OPTION', option: 'columns' }),
    );
  });

  it('come back from what formatOnnx writes of them where their columns are numbers', () => {
    const model = parseOnnx(bytesOf(stumpGraph(stump('BRANCH_LEQ'))));
    const again = parseOnnx(formatOnnx(model));
    const table = numbers(0, 0.1, NaN, single + 1e-8);
    expect(secondProbabilities(again, table)).toEqual(secondProbabilities(model, table));
  });
});

describe('parseOnnx: hostile bytes', () => {
  const corrupt = expect.objectContaining({ code: 'MODEL_ONNX_CORRUPT' });

  it.each<[string, Graph]>([
    ['no estimator', { ...stumpGraph(stump('LEAF')), nodes: [] }],
    [
      'an input that nothing makes',
      { ...stumpGraph(stump('BRANCH_LEQ')), inputs: [['y', 'float', 1]] },
    ],
    ['a feature beyond the columns', stumpGraph(withInts('nodes_featureids', [3, 0, 0]))],
    ['a feature of more than 32 bits', stumpGraph(withInts('nodes_featureids', [2 ** 32, 0, 0]))],
    ['a child that is not there', stumpGraph(withInts('nodes_truenodeids', [9, 0, 0]))],
    ['a tree that runs in a circle', stumpGraph(withInts('nodes_truenodeids', [0, 0, 0]))],
    ['two nodes of one id', stumpGraph(withInts('nodes_nodeids', [0, 1, 1]))],
    ['lists of different lengths', stumpGraph(withInts('nodes_featureids', [0]))],
    ['a class beyond the classes', stumpGraph(withInts('class_ids', [0, 5]))],
    ['one class only', stumpGraph(withInts('classlabels_int64s', [0]))],
    [
      'an input of a billion columns',
      { ...stumpGraph(stump('LEAF')), inputs: [['x', 'float', 1e9]] },
    ],
    [
      'columns that double without end',
      {
        inputs: [['x0', 'float', 1]],
        nodes: Array.from({ length: 60 }, (_, i) =>
          node('Concat', [`x${i}`, `x${i}`], [`x${i + 1}`], whole('axis', 1)),
        ),
        outputs: [],
      },
    ],
  ])('throw MODEL_ONNX_CORRUPT for %s', (_, graph) => {
    expect(() => parseOnnx(bytesOf(graph))).toThrow(corrupt);
  });

  it('throw MODEL_ONNX_CORRUPT for no bytes and for text', () => {
    expect(() => parseOnnx(new Uint8Array())).toThrow(corrupt);
    expect(() => parseOnnx(utf8.encode('{"not": "onnx"}'))).toThrow(corrupt);
  });

  it('give a coded error or a model that scores, whatever bytes are changed or cut off', () => {
    const random = createRandom(3);
    const whole = bytesOf(stumpGraph(stump('BRANCH_LEQ')));
    let refused = 0;
    for (let round = 0; round < 1500; round++) {
      const bytes = whole.slice(
        0,
        random.nextInt(4) === 0 ? random.nextInt(whole.length) : whole.length,
      );
      const changes = random.nextInt(4);
      for (let i = 0; i < changes && bytes.length > 0; i++) {
        bytes[random.nextInt(bytes.length)] = random.nextInt(256);
      }
      let model: Model;
      try {
        model = parseOnnx(bytes);
      } catch (error) {
        refused++;
        if (!isGnuMlopsError(error) || !error.code.startsWith('MODEL_ONNX_')) throw error;
        continue;
      }
      expect(parseModel(formatModel(model))).toEqual(model);
    }
    expect(refused).toBeGreaterThan(500);
  });
});

/** The stump with one list of whole numbers exchanged. */
function withInts(name: string, values: readonly number[]): NodeProto {
  const { attribute = [], ...rest } = stump('BRANCH_LEQ');
  return {
    ...rest,
    attribute: attribute.map((known) => (known.name === name ? ints(name, ...values) : known)),
  };
}
