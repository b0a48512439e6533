import type { JsonObject } from '@gnu-mlops/core';
import type {
  Activation,
  LinearEstimator,
  Link,
  NeuralNetwork,
  SingleEstimator,
  TreeEnsemble,
} from '../estimator.ts';
import { type Place, fieldOf, wholeNumberOf, wordOf } from './place.ts';
import type { TensorReader } from './tensor-reader.ts';
import type { Tensor, TensorValues } from './tensor.ts';

/** An estimator taken apart for a tensor file. */
export interface EstimatorParts {
  /** Everything but the arrays. */
  readonly settings: JsonObject;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const links: readonly Link[] = ['identity', 'logistic', 'softmax', 'exponential'];

const activations: readonly Activation[] = ['identity', 'logistic', 'tanh', 'relu'];

/** The tensors of splits on categories: all of them are there, or none. */
const categoryTensors = ['set_of', 'set_starts', 'set_words'];

/** Take an estimator apart. The tensors are named after its fields, in snake case. */
export function singleEstimatorParts(estimator: SingleEstimator): EstimatorParts {
  switch (estimator.kind) {
    case 'linear':
      return linearParts(estimator);
    case 'tree_ensemble':
      return treeParts(estimator);
    case 'neural_network':
      return networkParts(estimator);
  }
}

/** Put an estimator together again. @throws {ModelFileCorruptError} when a part is no such part. */
export function readSingleEstimator(settings: Place, tensors: TensorReader): SingleEstimator {
  const kind = wordOf(fieldOf(settings, 'kind'), ['tree_ensemble', 'linear', 'neural_network']);
  const shared = {
    outputCount: wholeNumberOf(fieldOf(settings, 'outputCount')),
    link: wordOf(fieldOf(settings, 'link'), links),
  };
  switch (kind) {
    case 'linear':
      return {
        kind,
        ...shared,
        coefficients: tensors.take('coefficients', Float64Array),
        intercepts: tensors.take('intercepts', Float64Array),
      };
    case 'neural_network':
      return {
        kind,
        ...shared,
        activation: wordOf(fieldOf(settings, 'activation'), activations),
        layerSizes: tensors.take('layer_sizes', Int32Array),
        weights: tensors.take('weights', Float64Array),
        biases: tensors.take('biases', Float64Array),
      };
    case 'tree_ensemble':
      return {
        kind,
        ...shared,
        aggregation: wordOf(fieldOf(settings, 'aggregation'), ['mean', 'sum']),
        treeStarts: tensors.take('tree_starts', Int32Array),
        splitFeature: tensors.take('split_feature', Int32Array),
        threshold: tensors.take('threshold', Float64Array),
        leftChild: tensors.take('left_child', Int32Array),
        rightChild: tensors.take('right_child', Int32Array),
        missingLeft: tensors.take('missing_left', Uint8Array),
        leafIndex: tensors.take('leaf_index', Int32Array),
        leafValues: tensors.take('leaf_values', Float64Array),
        cover: tensors.take('cover', Float64Array),
        baseScore: tensors.take('base_score', Float64Array),
        ...(categoryTensors.some(tensors.has) && {
          categorySets: {
            setOf: tensors.take('set_of', Int32Array),
            starts: tensors.take('set_starts', Int32Array),
            words: tensors.take('set_words', Int32Array),
          },
        }),
      };
  }
}

function networkParts(network: NeuralNetwork): EstimatorParts {
  const { kind, outputCount, link, activation, layerSizes, weights, biases } = network;
  return {
    settings: { kind, outputCount, link, activation },
    tensors: new Map([
      ['layer_sizes', list(layerSizes)],
      ['weights', list(weights)],
      ['biases', list(biases)],
    ]),
  };
}

function linearParts(linear: LinearEstimator): EstimatorParts {
  const { kind, outputCount, link, coefficients, intercepts } = linear;
  return {
    settings: { kind, outputCount, link },
    tensors: new Map([
      ['coefficients', rows(coefficients, outputCount)],
      ['intercepts', list(intercepts)],
    ]),
  };
}

function treeParts(trees: TreeEnsemble): EstimatorParts {
  const { kind, outputCount, link, aggregation, leafValues, categorySets } = trees;
  return {
    settings: { kind, outputCount, link, aggregation },
    tensors: new Map([
      ['tree_starts', list(trees.treeStarts)],
      ['split_feature', list(trees.splitFeature)],
      ['threshold', list(trees.threshold)],
      ['left_child', list(trees.leftChild)],
      ['right_child', list(trees.rightChild)],
      ['missing_left', list(trees.missingLeft)],
      ['leaf_index', list(trees.leafIndex)],
      ['leaf_values', rows(leafValues, leafValues.length / outputCount)],
      ['cover', list(trees.cover)],
      ['base_score', list(trees.baseScore)],
      ...(categorySets
        ? ([
            ['set_of', list(categorySets.setOf)],
            ['set_starts', list(categorySets.starts)],
            ['set_words', list(categorySets.words)],
          ] as const)
        : []),
    ]),
  };
}

function list(values: TensorValues): Tensor {
  return { shape: [values.length], values };
}

function rows(values: Float64Array, rowCount: number): Tensor {
  return { shape: [rowCount, rowCount === 0 ? 0 : values.length / rowCount], values };
}
