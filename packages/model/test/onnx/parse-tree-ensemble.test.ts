import { type Table, createRandom, createTable, isGnuMlopsError } from '@gnu-mlops/core';
import { fitRecipe } from '@gnu-mlops/preprocess';
import { describe, expect, it } from 'vitest';
import { assembleForest } from '../../src/assemble-forest.ts';
import type { Link } from '../../src/estimator.ts';
import { formatModel, parseModel } from '../../src/file/model-file.ts';
import type { Model } from '../../src/model.ts';
import { decodeMessage } from '../../src/onnx/decode-message.ts';
import { encodeMessage } from '../../src/onnx/encode-message.ts';
import { formatOnnx } from '../../src/onnx/format-onnx.ts';
import { type AttributeProto, type NodeProto, modelProto } from '../../src/onnx/onnx-messages.ts';
import { parseOnnx } from '../../src/onnx/parse-onnx.ts';
import { predictTable } from '../../src/predict-table.ts';
import { randomTree } from '../fixtures/random-trees.ts';
import { tinyForest } from '../fixtures/tiny-models.ts';

const names = ['a', 'b', 'c'];

function numbersTable(rowCount: number, seed: number): Table {
  const random = createRandom(seed);
  return createTable(
    names.map((name) => {
      const draw = () => (random.nextInt(6) === 0 ? NaN : Math.round(random.nextNormal() * 4) / 4);
      return [name, { kind: 'numeric', values: Float64Array.from({ length: rowCount }, draw) }];
    }),
  );
}

const table = numbersTable(300, 1);

function numbersModel(link: Link, outputCount: number, aggregation: 'mean' | 'sum'): Model {
  const random = createRandom(7, outputCount);
  const recipe = fitRecipe(table, { steps: [] });
  const isNumber = link === 'exponential' || (link === 'identity' && outputCount === 1);
  const classes = ['no', 'yes', 'maybe'].slice(0, link === 'logistic' ? 2 : outputCount);
  const shape = { featureCount: names.length, outputCount, depth: 4 };
  const trees = Array.from({ length: 7 }, () => randomTree(random, shape));
  const isShares = !isNumber && aggregation === 'mean';
  const baseScore = Array.from({ length: outputCount }, () => (isShares ? 0 : random.nextNormal()));
  return {
    ...tinyForest(),
    task: isNumber ? 'regression' : 'classification',
    target: isNumber ? { name: 'y' } : { name: 'y', classes },
    recipe,
    signature: { inputs: recipe.inputs, outputs: [] },
    estimator: assembleForest(trees, { outputCount, aggregation, baseScore, link }),
  };
}

function outputsOf(model: Model): Float64Array {
  const predictions = predictTable(model, table);
  return predictions.task === 'classification' ? predictions.probabilities : predictions.values;
}

const kinds: readonly [link: Link, outputCount: number, aggregation: 'mean' | 'sum'][] = [
  ['identity', 1, 'sum'],
  ['identity', 1, 'mean'],
  ['exponential', 1, 'sum'],
  ['logistic', 1, 'sum'],
  ['softmax', 3, 'sum'],
  ['identity', 2, 'mean'],
  ['identity', 3, 'mean'],
];

describe('parseOnnx: TreeEnsemble', () => {
  it.each(kinds)('reads what formatOnnx writes: %s of %i, %s', (...kind) => {
    const model = numbersModel(...kind);
    const read = parseOnnx(formatOnnx(model));
    expect(read.task).toBe(model.task);
    expect(read.target.classes).toEqual(model.target.classes);
    const wanted = outputsOf(model);
    const found = outputsOf(read);
    expect(found.length).toBe(wanted.length);
    const error = found.reduce((most, score, i) => Math.max(most, Math.abs(score - wanted[i]!)), 0);
    expect(error).toBeLessThan(1e-12);
    expect(parseModel(formatModel(read))).toEqual(read);
  });

  it('makes one tree of what was written once per output', () => {
    const model = numbersModel('identity', 3, 'mean');
    expect(parseOnnx(formatOnnx(model)).estimator).toMatchObject({
      treeStarts: (model.estimator as { treeStarts: Int32Array }).treeStarts,
    });
  });

  it('refuses a split on a set of numbers, naming the operator', () => {
    const bytes = changed('nodes_modes', (known) => ({
      ...known,
      t: { ...known.t!, rawData: known.t!.rawData!.map(() => 6) },
    }));
    expect(() => parseOnnx(bytes)).toThrow(
      expect.objectContaining({
        code: 'MODEL_ONNX_OPERATOR',
        operator: 'ai.onnx.ml.TreeEnsemble',
      }),
    );
  });

  it('refuses a transform within the node, of which runtimes differ', () => {
    const bytes = changed('post_transform', (known) => ({ ...known, i: 1 }));
    expect(() => parseOnnx(bytes)).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_OPERATOR' }),
    );
  });

  it.each<[string, string, (known: AttributeProto) => AttributeProto]>([
    ['a tree that runs in a circle', 'nodes_trueleafs', zeros],
    ['a branch beyond the nodes', 'nodes_truenodeids', large],
    ['a root beyond the nodes', 'tree_roots', large],
    ['a root below the nodes', 'tree_roots', (known) => ({ ...known, ints: [-1] })],
    ['no trees', 'tree_roots', (known) => ({ ...known, ints: [] })],
    ['a target beyond the targets', 'leaf_targetids', large],
    ['a feature beyond the columns', 'nodes_featureids', large],
    ['a list too short', 'nodes_featureids', (known) => ({ ...known, ints: [0] })],
    ['targets without number', 'n_targets', (known) => ({ ...known, i: 2 ** 40 })],
  ])('throws MODEL_ONNX_CORRUPT for %s', (_, name, change) => {
    expect(() => parseOnnx(changed(name, change))).toThrow(
      expect.objectContaining({ code: 'MODEL_ONNX_CORRUPT' }),
    );
  });

  it('gives a coded error or a model that scores, whatever bytes are changed or cut off', () => {
    const random = createRandom(5);
    const wholes = kinds.slice(2, 6).map((kind) => formatOnnx(numbersModel(...kind)));
    let refused = 0;
    for (let round = 0; round < 600; round++) {
      const whole = wholes[round % wholes.length]!;
      const isCut = random.nextInt(4) === 0;
      const bytes = whole.slice(0, isCut ? random.nextInt(whole.length) : whole.length);
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
    expect(refused).toBeGreaterThan(150);
  });
});

function zeros(known: AttributeProto): AttributeProto {
  return { ...known, ints: Array.from(known.ints ?? [], () => 0) };
}

function large(known: AttributeProto): AttributeProto {
  return { ...known, ints: Array.from(known.ints ?? [], () => 1e6) };
}

/** A model of ours with one attribute of its trees exchanged. */
function changed(name: string, change: (known: AttributeProto) => AttributeProto): Uint8Array {
  const { graph, ...rest } = decodeMessage(
    formatOnnx(numbersModel('identity', 1, 'sum')),
    modelProto,
    '',
  );
  const node = (graph?.node ?? []).map((known): NodeProto => {
    if (known.opType !== 'TreeEnsemble') return known;
    const attribute = (known.attribute ?? []).map((entry) =>
      entry.name === name ? change(entry) : entry,
    );
    return { ...known, attribute };
  });
  return encodeMessage({ ...rest, graph: { ...graph, node } }, modelProto);
}
