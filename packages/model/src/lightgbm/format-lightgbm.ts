import type { Feature } from '@gnu-mlops/preprocess';
import type { Estimator, Link } from '../estimator.ts';
import { checkExportable } from '../foreign/check-exportable.ts';
import { safeNames } from '../foreign/safe-names.ts';
import { treesByOutput } from '../foreign/tree-nodes.ts';
import { formatConstantTree, formatTree } from './format-tree.ts';

/**
 * Write trees as the text of a LightGBM model, for `lightgbm.Booster(model_str=...)`: it takes the
 * estimator's features, in order, and predicts what the estimator does (of a binary model, the
 * second class's probability). A tree that speaks about several outputs becomes one a piece.
 *
 * @param features of the model's recipe; their names are stripped of white space and punctuation,
 * which LightGBM does not take.
 * @throws {ExportUnsupportedError} for a linear estimator, and for trees that send a missing
 * category left at a feature whose number of categories is not known: LightGBM sends it right.
 * @throws {FeatureCountError} when there are fewer features than the trees look at.
 * @throws {ModelInvalidError} when the estimator's arrays do not fit together.
 */
export function formatLightgbm(estimator: Estimator, features: readonly Feature[]): string {
  const trees = checkExportable('LightGBM text', estimator, features);
  const { outputCount, baseScore } = trees;
  const byOutput = treesByOutput(trees);
  const rounds = Math.max(1, ...byOutput.map(({ length }) => length));
  const sections: string[] = [];
  for (let round = 0; round < rounds; round++) {
    for (let output = 0; output < outputCount; output++) {
      const added = round === 0 ? baseScore[output]! : 0;
      const found = byOutput[output]![round];
      const lines = found
        ? formatTree({ trees, features, added, ...found })
        : formatConstantTree(added);
      sections.push(`Tree=${sections.length}\n${lines.join('\n')}\n\n\n`);
    }
  }
  const header = [
    'tree',
    'version=v4',
    `num_class=${outputCount}`,
    `num_tree_per_iteration=${outputCount}`,
    'label_index=0',
    `max_feature_idx=${features.length - 1}`,
    ...objectiveLines(trees.link, outputCount),
    `feature_names=${safeNames(features).join(' ')}`,
    `feature_infos=${features.map(() => '[-1e+300:1e+300]').join(' ')}`,
    `tree_sizes=${sections.map(({ length }) => length).join(' ')}`,
  ];
  const footer = 'end of trees\n\nfeature_importances:\n\nparameters:\n\nend of parameters\n';
  return `${header.join('\n')}\n\n${sections.join('')}${footer}\npandas_categorical:null\n`;
}

function objectiveLines(link: Link, outputCount: number): string[] {
  switch (link) {
    case 'logistic':
      return ['objective=binary sigmoid:1'];
    case 'softmax':
      return [`objective=multiclass num_class:${outputCount}`];
    case 'exponential':
      return ['objective=poisson'];
    case 'identity':
      // Without an objective the raw scores are the prediction.
      return outputCount === 1 ? ['objective=regression'] : [];
  }
}
