import { assembleForest } from '../assemble-forest.ts';
import { checkEstimator } from '../check-estimator.ts';
import {
  ForeignModelCorruptError,
  ForeignModelUnsupportedError,
  ModelInvalidError,
} from '../errors.ts';
import type { TreeEnsemble } from '../estimator.ts';
import { type ForeignEnsemble, MAX_LEAF_NUMBERS } from '../foreign/foreign-ensemble.ts';
import { type ForeignModelOptions, modelFromEnsemble } from '../foreign/model-from-ensemble.ts';
import type { Model } from '../model.ts';
import { type Fields, integersOf, parseModelText, textOfField } from './model-text.ts';
import { readObjective } from './read-objective.ts';
import { readTree } from './read-tree.ts';

/**
 * Read the text of a LightGBM model (`Booster.save_model`, `model_to_string`; versions 2 to 4): every
 * tree of it, whatever its best iteration. It scores as LightGBM does, categories and missing values
 * included.
 *
 * @throws {ForeignModelCorruptError} when the text is damaged or no such model.
 * @throws {ForeignModelUnsupportedError} for linear leaves, for zeros that count as missing and part
 * from their neighbours, and for objectives whose output has no counterpart here.
 */
export function parseLightgbm(text: string): ForeignEnsemble {
  const { header, trees } = parseModelText(text);
  const version = textOfField(header, 'version');
  if (!/^v[2-4]$/.test(version)) {
    throw new ForeignModelUnsupportedError('LightGBM', `its format ${version} is not known`);
  }
  const featureCount = integersOf(header, 'max_feature_idx', 1)[0]! + 1;
  const featureNames = textOfField(header, 'feature_names').split(/\s+/).filter(Boolean);
  if (featureNames.length !== featureCount) {
    throw corrupt(header, `names ${featureNames.length} of ${featureCount} features`);
  }
  const outputCount = integersOf(header, 'num_tree_per_iteration', 1)[0]!;
  if (outputCount < 1 || trees.length < outputCount || trees.length % outputCount !== 0) {
    throw corrupt(header, `has ${trees.length} trees for ${outputCount} outputs`);
  }
  const objective = readObjective(header.values.get('objective') ?? '', outputCount);
  // LightGBM divides by the rounds, an ensemble's mean by the trees.
  const isAveraged = header.values.has('average_output');
  const rounds = trees.length / outputCount;
  const context = {
    featureCount,
    outputCount,
    scale: objective.scale / (isAveraged && outputCount > 1 ? rounds : 1),
  };
  checkSize(trees, outputCount);
  const estimator = assembleForest(
    trees.map((tree, i) => readTree(tree, { ...context, output: i % outputCount })),
    {
      outputCount,
      aggregation: isAveraged && outputCount === 1 ? 'mean' : 'sum',
      link: objective.link,
    },
  );
  checkTrees(estimator);
  const { task, name } = objective;
  const classCount = task === 'regression' ? 1 : Math.max(2, outputCount);
  return { estimator, task, classCount, featureNames, objective: name };
}

/**
 * Read the text of a LightGBM model as a model that scores tables: one column of numbers a feature.
 *
 * @throws what {@link parseLightgbm} throws.
 * @throws {ForeignModelOptionError} when names or classes do not fit the trees.
 */
export function modelFromLightgbm(text: string, options: ForeignModelOptions = {}): Model {
  const ensemble = parseLightgbm(text);
  if (ensemble.task === 'regression' && ensemble.estimator.outputCount > 1) {
    throw new ForeignModelUnsupportedError(
      'LightGBM',
      'it has several outputs that are no classes',
    );
  }
  return modelFromEnsemble('lightgbm', ensemble, options);
}

function checkSize(trees: readonly Fields[], outputCount: number): void {
  let leaves = 0;
  for (const tree of trees) leaves += integersOf(tree, 'num_leaves', 1)[0]!;
  if (leaves * outputCount > MAX_LEAF_NUMBERS) {
    const problem = `${leaves} leaves for ${outputCount} outputs are too many`;
    throw new ForeignModelUnsupportedError('LightGBM', problem);
  }
}

function checkTrees(estimator: TreeEnsemble): void {
  try {
    checkEstimator(estimator);
  } catch (error) {
    if (!(error instanceof ModelInvalidError)) throw error;
    throw new ForeignModelCorruptError('LightGBM', error.where, error.problem);
  }
}

function corrupt(fields: Fields, problem: string): ForeignModelCorruptError {
  return new ForeignModelCorruptError('LightGBM', fields.where, problem);
}
