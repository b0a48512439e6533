import { checkDecisions } from './check-decisions.ts';
import { checkEstimator } from './check-estimator.ts';
import { takesFeatureCount } from './ensemble/needs-every-feature.ts';
import { ModelInvalidError } from './errors.ts';
import type { Estimator, SingleEstimator } from './estimator.ts';
import type { Model } from './model.ts';
import { outputWidth } from './output-width.ts';

/**
 * Check that the parts of a model fit together: the estimator is sound and scores what the recipe
 * makes, its outputs are what the task promises, calibration and threshold suit the classes, and the
 * signature names what the recipe reads.
 *
 * @throws {ModelInvalidError} naming the part.
 */
export function checkModel(model: Model): void {
  const { estimator, recipe } = model;
  const needed = checkEstimator(estimator);
  const found = recipe.features.length;
  if (!takesFeatureCount(estimator, { needed, found })) {
    throw new ModelInvalidError(
      'estimator',
      `needs ${needed} features, and the recipe makes ${found}`,
    );
  }
  checkInputs(model);
  if (model.task === 'classification') checkClassOutputs(model);
  else checkNumberOutput(model);
  checkDecisions(model);
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
  for (const { where, part } of partsOf(estimator)) checkProbabilities(where, part);
}

/** Whatever takes part in the outputs of an estimator, and where it stands. */
function partsOf(estimator: Estimator): { where: string; part: SingleEstimator }[] {
  if (estimator.kind !== 'ensemble') return [{ where: 'estimator', part: estimator }];
  const { members, combination } = estimator;
  return [
    ...members.map((part, m) => ({ where: `estimator.members[${m}]`, part })),
    ...(combination.kind === 'stack'
      ? [{ where: 'estimator.combination.final', part: combination.final }]
      : []),
  ];
}

function checkProbabilities(where: string, estimator: SingleEstimator): void {
  if (estimator.link === 'exponential') {
    throw new ModelInvalidError(`${where}.link`, 'is exponential, which gives no probabilities');
  }
  if (estimator.link === 'identity') checkShares(where, estimator);
}

/** Without a link that makes probabilities, the trees' leaves must hold them already. */
function checkShares(where: string, estimator: SingleEstimator): void {
  if (
    estimator.kind !== 'tree_ensemble' ||
    estimator.aggregation !== 'mean' ||
    estimator.baseScore.some((score) => score !== 0)
  ) {
    throw new ModelInvalidError(
      `${where}.link`,
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
        `${where}.leafValues[${start}..${start + outputCount - 1}]`,
        'are not class shares: none below 0, and 1 together',
      );
    }
  }
}

function checkNumberOutput({ target, estimator }: Model): void {
  if (target.classes !== undefined) {
    throw new ModelInvalidError('target.classes', 'are there though the task is regression');
  }
  for (const { where, part } of partsOf(estimator)) {
    const hasNumberLink = part.link === 'identity' || part.link === 'exponential';
    if (hasNumberLink && part.outputCount === 1) continue;
    throw new ModelInvalidError(
      where,
      `gives ${outputWidth(part)} outputs by the link ${part.link}, and regression takes one by identity or exponential`,
    );
  }
}
