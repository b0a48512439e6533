import { assembleForest } from '../assemble-forest.ts';
import { checkEstimator } from '../check-estimator.ts';
import {
  ForeignModelCorruptError,
  ForeignModelUnsupportedError,
  ModelFileCorruptError,
  ModelInvalidError,
} from '../errors.ts';
import { type Place, fieldOf, listOf, optionalFieldOf, textOf, wordOf } from '../file/place.ts';
import {
  type ForeignEnsemble,
  MAX_LEAF_NUMBERS,
  MAX_OUTPUTS,
} from '../foreign/foreign-ensemble.ts';
import { type ForeignModelOptions, modelFromEnsemble } from '../foreign/model-from-ensemble.ts';
import type { GrownTree } from '../grown-tree.ts';
import type { Model } from '../model.ts';
import { objectiveNamed, readBaseScores } from './read-objective.ts';
import { countOf, numberListOf, readXgboostJson } from './read-json.ts';
import { readTree } from './read-tree.ts';

/**
 * Read an XGBoost model (`Booster.save_model`): the text of a `model.json`, or the bytes of one or of a
 * `model.ubj`, which are told apart by what is in them. It gets all its trees, whatever its best
 * iteration; DART's weights are worked in. XGBoost rounds each value to float32
 * before it compares, and so do the thresholds made here, for every double; categories are whole
 * numbers. It adds up in float32, and this in doubles, so that scores agree to about 1e-6.
 *
 * @throws {ForeignModelCorruptError} when the file is damaged or no such model.
 * @throws {ForeignModelUnsupportedError} for linear boosters, leaves of several numbers, and
 * objectives whose output has no counterpart here.
 */
export function parseXgboost(source: string | Uint8Array): ForeignEnsemble {
  return readXgboostJson(source, readLearner);
}

/**
 * Read an XGBoost model, JSON or UBJSON, as a model that scores tables: one column of numbers a
 * feature.
 *
 * @throws what {@link parseXgboost} throws.
 * @throws {ForeignModelOptionError} when names or classes do not fit the trees.
 */
export function modelFromXgboost(
  source: string | Uint8Array,
  options: ForeignModelOptions = {},
): Model {
  const ensemble = parseXgboost(source);
  if (ensemble.task === 'regression' && ensemble.estimator.outputCount > 1) {
    throw new ForeignModelUnsupportedError('XGBoost', 'it has several outputs that are no classes');
  }
  return modelFromEnsemble('xgboost', ensemble, options);
}

function readLearner(root: Place): ForeignEnsemble {
  const learner = fieldOf(root, 'learner');
  const settings = fieldOf(learner, 'learner_model_param');
  const objective = objectiveNamed(textOf(fieldOf(fieldOf(learner, 'objective'), 'name')));
  const featureCount = countOf(settings, 'num_feature');
  const targetCount = optionalFieldOf(settings, 'num_target') ? countOf(settings, 'num_target') : 1;
  const outputCount = Math.max(1, countOf(settings, 'num_class'), targetCount);
  if (outputCount > MAX_OUTPUTS) {
    throw new ForeignModelUnsupportedError('XGBoost', `${outputCount} outputs are too many`);
  }
  if ((objective.link === 'softmax') !== outputCount > 1 && objective.task === 'classification') {
    throw new ForeignModelUnsupportedError(
      'XGBoost',
      `it has ${outputCount} outputs for ${objective.name}`,
    );
  }

  const trees = readTrees(fieldOf(learner, 'gradient_booster'), { featureCount, outputCount });
  const estimator = assembleForest(trees, {
    outputCount,
    aggregation: 'sum',
    baseScore: readBaseScores(textOf(fieldOf(settings, 'base_score')), objective, outputCount),
    link: objective.link,
  });
  try {
    checkEstimator(estimator);
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    throw new ForeignModelCorruptError('XGBoost', error.where, error.problem);
  }
  const { task, name } = objective;
  const classCount = task === 'regression' ? 1 : Math.max(2, outputCount);
  const featureNames = readNames(learner, featureCount);
  return { estimator, task, classCount, featureNames, objective: name };
}

/** Words of all sets of all trees together: a quarter of a GiB. */
const MAX_SET_WORDS = 2 ** 26;

interface Counts {
  readonly featureCount: number;
  readonly outputCount: number;
}

function readTrees(booster: Place, counts: Counts): GrownTree[] {
  const name = textOf(fieldOf(booster, 'name'));
  if (name !== 'gbtree' && name !== 'dart') {
    throw new ForeignModelUnsupportedError('XGBoost', `its booster is "${name.slice(0, 80)}"`);
  }
  const model = fieldOf(name === 'dart' ? fieldOf(booster, 'gbtree') : booster, 'model');
  const places = listOf(fieldOf(model, 'trees'));
  const outputs = numberListOf(model, 'tree_info');
  const weights = name === 'dart' ? numberListOf(booster, 'weight_drop') : places.map(() => 1);
  if (outputs.length !== places.length || weights.length !== places.length) {
    throw new ModelFileCorruptError(model.where, `does not say all of its ${places.length} trees`);
  }
  if (places.length === 0) return [emptyTree(counts.outputCount)];
  let leafNumbers = 0;
  let setWords = 0;
  return places.map((place, i) => {
    const output = outputs[i]!;
    if (!Number.isInteger(output) || output < 0 || output >= counts.outputCount) {
      throw new ModelFileCorruptError(`${model.where}.tree_info[${i}]`, 'is no output');
    }
    const settings = fieldOf(place, 'tree_param');
    if (optionalFieldOf(settings, 'size_leaf_vector')) {
      const sizes = ['0', '1'] as const;
      const size = fieldOf(settings, 'size_leaf_vector');
      if (/^\d+$/.test(textOf(size)) && !sizes.includes(textOf(size) as '0')) {
        throw new ForeignModelUnsupportedError('XGBoost', 'its leaves hold several numbers');
      }
      wordOf(size, sizes);
    }
    leafNumbers += numberListOf(place, 'left_children').length * counts.outputCount;
    if (leafNumbers > MAX_LEAF_NUMBERS) {
      throw new ForeignModelUnsupportedError('XGBoost', 'it has too many leaves for its outputs');
    }
    const weight = Math.fround(weights[i]!);
    const mostSetWords = MAX_SET_WORDS - setWords;
    const tree = readTree(place, { ...counts, output, weight, mostSetWords });
    setWords += tree.categorySets?.words.length ?? 0;
    return tree;
  });
}

/** A model of no round predicts its base score. */
function emptyTree(outputCount: number): GrownTree {
  return {
    splitFeature: Int32Array.of(-1),
    threshold: new Float64Array(1),
    leftChild: new Int32Array(1),
    rightChild: new Int32Array(1),
    missingLeft: new Uint8Array(1),
    leafIndex: new Int32Array(1),
    leafValues: new Float64Array(outputCount),
    cover: new Float64Array(1),
  };
}

function readNames(learner: Place, featureCount: number): string[] {
  const place = optionalFieldOf(learner, 'feature_names');
  const names = place ? listOf(place).map(textOf) : [];
  if (names.length === featureCount) return names;
  if (names.length > 0 || featureCount > 1_000_000) {
    throw new ModelFileCorruptError('feature_names', `are ${names.length} for ${featureCount}`);
  }
  return Array.from({ length: featureCount }, (_, i) => `f${i}`);
}
