import type { Feature } from '@gnu-mlops/preprocess';
import type { Estimator, Link, TreeEnsemble } from '../estimator.ts';
import { checkExportable } from '../foreign/check-exportable.ts';
import { safeNames } from '../foreign/safe-names.ts';
import { treesByOutput } from '../foreign/tree-nodes.ts';
import { formatFloat, formatTree } from './format-tree.ts';

/**
 * Write trees as an XGBoost model in JSON, for `xgboost.Booster(model_file="model.json")`: it takes
 * the estimator's features, in order, and predicts what the estimator does (of a binary model, the
 * second class's probability), to about 1e-6, for values that float32 holds: XGBoost rounds others
 * before it compares them. A tree that speaks about several outputs becomes one a piece.
 *
 * @param features of the model's recipe; their names are stripped of white space and punctuation.
 * @throws {ExportUnsupportedError} for anything but trees.
 * @throws {FeatureCountError} when there are fewer features than the trees look at.
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together.
 */
export function formatXgboost(estimator: Estimator, features: readonly Feature[]): string {
  const trees = checkExportable('XGBoost JSON', estimator, features);
  const { outputCount, baseScore, link } = trees;
  // A round is one tree for each output; the first holds the base scores.
  const rounds = treesByOutput(trees);
  const texts: string[] = [];
  const outputs: number[] = [];
  const roundCount = Math.max(0, ...rounds.map(({ length }) => length));
  for (let round = -1; round < roundCount; round++) {
    for (let output = 0; output < outputCount; output++) {
      const found = round < 0 ? undefined : rounds[output]![round];
      const constant = round < 0 ? baseScore[output]! : 0;
      const id = outputs.push(output) - 1;
      texts.push(formatTree(found ? { trees, ...found } : constant, { id, features }));
    }
  }
  const count = texts.length;
  const roundStarts = Array.from({ length: roundCount + 2 }, (_, round) => round * outputCount);
  const model =
    `{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"${count}"},` +
    `"iteration_indptr":${JSON.stringify(roundStarts)},` +
    `"tree_info":${JSON.stringify(outputs)},"trees":[${texts.join(',')}]}`;
  const types = categoricalFeatures(trees, features);
  return (
    `{"learner":{"attributes":{},"feature_names":${JSON.stringify(safeNames(features))},` +
    `"feature_types":${JSON.stringify(features.map((_, i) => (types.has(i) ? 'c' : 'float')))},` +
    `"gradient_booster":{"model":${model},"name":"gbtree"},` +
    `"learner_model_param":${JSON.stringify(learnerSettings(trees, features.length))},` +
    `"objective":${JSON.stringify(objectiveOf(link, outputCount))}},"version":[2,1,4]}`
  );
}

/** Those that a split asks for a set of categories, or that the recipe says to be categorical. */
function categoricalFeatures(trees: TreeEnsemble, features: readonly Feature[]): Set<number> {
  const found = new Set(features.flatMap(({ kind }, i) => (kind === 'categorical' ? [i] : [])));
  trees.categorySets?.setOf.forEach((set, node) => {
    if (set >= 0) found.add(trees.splitFeature[node]!);
  });
  return found;
}

function learnerSettings({ link, outputCount }: TreeEnsemble, featureCount: number): object {
  // The outputs whose raw score is 0: the base scores stand in the first trees.
  const neutral = { identity: 0, softmax: 0, logistic: 0.5, exponential: 1 }[link];
  return {
    base_score: formatFloat(neutral),
    boost_from_average: '0',
    num_class: link === 'softmax' ? String(outputCount) : '0',
    num_feature: String(featureCount),
    num_target: link === 'softmax' ? '1' : String(outputCount),
  };
}

function objectiveOf(link: Link, outputCount: number): object {
  switch (link) {
    case 'identity':
      return { name: 'reg:squarederror', reg_loss_param: { scale_pos_weight: '1' } };
    case 'logistic':
      return { name: 'binary:logistic', reg_loss_param: { scale_pos_weight: '1' } };
    case 'softmax': {
      const settings = { num_class: String(outputCount) };
      return { name: 'multi:softprob', softmax_multiclass_param: settings };
    }
    case 'exponential':
      return { name: 'count:poisson', poisson_regression_param: { max_delta_step: '0.7' } };
  }
}
