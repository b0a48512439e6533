import { checkEstimator } from './check-estimator.ts';
import { ModelInvalidError } from './errors.ts';
import type { Estimator } from './estimator.ts';
import type { Model } from './model.ts';
import { outputWidth } from './output-width.ts';

/**
 * Check that the parts of a model fit together: the estimator is sound and scores what the recipe
 * makes, its outputs are what the task promises, and the signature names what the recipe reads.
 *
 * @throws {ModelInvalidError} naming the part.
 */
export function checkModel(model: Model): void {
  const { estimator, recipe } = model;
  const needed = checkEstimator(estimator);
  const found = recipe.features.length;
  if (estimator.kind === 'linear' ? needed !== found : needed > found) {
    throw new ModelInvalidError(
      'estimator',
      `needs ${needed} features, and the recipe makes ${found}`,
    );
  }
  checkInputs(model);
  if (model.task === 'classification') checkClassOutputs(model);
  else checkNumberOutput(model);
}

function checkInputs({ recipe, signature }: Model): void {
  const types = new Map(signature.inputs.map(({ name, type }) => [name, type]));
  if (types.size < signature.inputs.length) {
    throw new ModelInvalidError('signature.inputs', 'name a column twice');
  }
  for (const { name, type } of recipe.inputs) {
    if (types.get(name) !== type) {
      throw new ModelInvalidError(
        'signature.inputs',
        `have "${name}" as ${types.get(name) ?? 'no column'}, and the recipe reads it as ${type}`,
      );
    }
  }
}

function checkClassOutputs({ target: { classes }, estimator }: Model): void {
  if (classes === undefined || classes.length < 2 || new Set(classes).size < classes.length) {
    throw new ModelInvalidError('target.classes', 'are not two or more different labels');
  }
  const width = outputWidth(estimator);
  if (width !== classes.length) {
    throw new ModelInvalidError(
      'estimator',
      `gives ${width} outputs for ${classes.length} classes`,
    );
  }
  if (estimator.link === 'exponential') {
    throw new ModelInvalidError('estimator.link', 'is exponential, which gives no probabilities');
  }
  if (estimator.link === 'identity') checkShares(estimator);
}

/** Without a link that makes probabilities, the trees' leaves must hold them already. */
function checkShares(estimator: Estimator): void {
  if (
    estimator.kind !== 'tree_ensemble' ||
    estimator.aggregation !== 'mean' ||
    estimator.baseScore.some((score) => score !== 0)
  ) {
    throw new ModelInvalidError(
      'estimator.link',
      'is identity, which gives probabilities only for the mean of class shares without a base score',
    );
  }
  const { leafValues, outputCount } = estimator;
  for (let start = 0; start < leafValues.length; start += outputCount) {
    let sum = 0;
    let isShare = true;
    for (let k = start; k < start + outputCount; k++) {
      sum += leafValues[k]!;
      isShare &&= leafValues[k]! >= 0;
    }
    if (!isShare || Math.abs(sum - 1) > 1e-6) {
      throw new ModelInvalidError(
        `estimator.leafValues[${start}..${start + outputCount - 1}]`,
        'are not class shares: none below 0, and 1 together',
      );
    }
  }
}

function checkNumberOutput({ target, estimator }: Model): void {
  if (target.classes !== undefined) {
    throw new ModelInvalidError('target.classes', 'are there though the task is regression');
  }
  const hasNumberLink = estimator.link === 'identity' || estimator.link === 'exponential';
  if (!hasNumberLink || estimator.outputCount !== 1) {
    throw new ModelInvalidError(
      'estimator',
      `gives ${outputWidth(estimator)} outputs by the link ${estimator.link}, and regression takes one by identity or exponential`,
    );
  }
}
