import type { JsonObject } from '@gnu-mlops/core';
import { ModelFileCorruptError } from '../errors.ts';
import type { Estimator, LinearEstimator, Link, TreeEnsemble } from '../estimator.ts';
import { type Place, fieldOf, wholeNumberOf, wordOf } from './place.ts';
import type { Tensor, TensorValues } from './tensor.ts';

/** An estimator taken apart for a tensor file. */
export interface EstimatorParts {
  /** Everything but the arrays. */
  readonly settings: JsonObject;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

const links: readonly Link[] = ['identity', 'logistic', 'softmax', 'exponential'];

/** The tensors of splits on categories: all of them are there, or none. */
const categoryTensors = ['set_of', 'set_starts', 'set_words'];

/** Take an estimator apart. The tensors are named after its fields, in snake case. */
export function estimatorParts(estimator: Estimator): EstimatorParts {
  return estimator.kind === 'linear' ? linearParts(estimator) : treeParts(estimator);
}

/**
 * Put an estimator together again. Arrays have the right types and names afterwards; whether they
 * fit together is for `checkModel` to say.
 *
 * @throws {ModelFileCorruptError} when a tensor is missing, of another type, or not known.
 */
export function estimatorFromParts(
  settings: Place,
  tensors: ReadonlyMap<string, Tensor>,
): Estimator {
  const left = new Map(tensors);
  function take<Values extends TensorValues>(name: string, type: new () => Values): Values {
    const values = left.get(name)?.values;
    left.delete(name);
    if (values instanceof type) return values;
    throw new ModelFileCorruptError(
      `tensor "${name}"`,
      values === undefined ? 'is missing' : `is no ${type.name}`,
    );
  }

  const kind = wordOf(fieldOf(settings, 'kind'), ['tree_ensemble', 'linear']);
  const shared = {
    outputCount: wholeNumberOf(fieldOf(settings, 'outputCount')),
    link: wordOf(fieldOf(settings, 'link'), links),
  };
  const estimator: Estimator =
    kind === 'linear'
      ? {
          kind,
          ...shared,
          coefficients: take('coefficients', Float64Array),
          intercepts: take('intercepts', Float64Array),
        }
      : {
          kind,
          ...shared,
          aggregation: wordOf(fieldOf(settings, 'aggregation'), ['mean', 'sum']),
          treeStarts: take('tree_starts', Int32Array),
          splitFeature: take('split_feature', Int32Array),
          threshold: take('threshold', Float64Array),
          leftChild: take('left_child', Int32Array),
          rightChild: take('right_child', Int32Array),
          missingLeft: take('missing_left', Uint8Array),
          leafIndex: take('leaf_index', Int32Array),
          leafValues: take('leaf_values', Float64Array),
          cover: take('cover', Float64Array),
          baseScore: take('base_score', Float64Array),
          ...(categoryTensors.some((name) => left.has(name)) && {
            categorySets: {
              setOf: take('set_of', Int32Array),
              starts: take('set_starts', Int32Array),
              words: take('set_words', Int32Array),
            },
          }),
        };
  for (const name of left.keys()) {
    throw new ModelFileCorruptError(
      `tensor ${JSON.stringify(name)}`,
      `is unknown in a ${kind} model`,
    );
  }
  return estimator;
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
