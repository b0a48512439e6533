import type { JsonObject, JsonValue } from '@gnu-mlops/core';
import { outputWidth } from '@gnu-mlops/model';
import type { Algorithm, Fit } from '../algorithm.ts';
import { sharedHyperparameters } from '../boosting/boosting-hyperparameters.ts';
import type { ClassWeight } from '../class-weights.ts';
import type { FitContext } from '../fit-context.ts';
import type { TrainingSet } from '../training-set.ts';
import { ensembleFamily } from './ensemble-family.ts';
import { fitMembers } from './fit-members.ts';
import { type MemberList, membersHyperparameter, readMembers } from './members-hyperparameter.ts';
import { weighClasses } from './weigh-classes.ts';
import { weighImportances } from './weigh-importances.ts';

const list: MemberList = { ensemble: 'voting', keys: ['hyperparameters', 'weight'] };

/**
 * The weighted mean of what several algorithms say: of their probabilities, or of their numbers.
 *
 * @see scikit-learn VotingClassifier (voting soft), VotingRegressor; all members read the features
 *   of one recipe.
 */
export const voting: Algorithm = {
  name: 'voting',
  description: 'The weighted mean of several algorithms.',
  tasks: ['classification', 'regression'],
  family: ({ estimators }) => ensembleFamily(estimators as readonly JsonValue[] | undefined),
  hyperparameters: {
    estimators: membersHyperparameter(list),
    class_weight: sharedHyperparameters.class_weight,
  },
  fit: fitVoting,
};

async function fitVoting(
  given: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext,
): Promise<Fit> {
  const { estimators, class_weight } = hyperparameters;
  const members = readMembers(estimators!, given.target.task, list);
  const set = weighClasses(given, class_weight as ClassWeight, voting.name);
  let done = 0;
  const total = members.length;
  const onFitted = () => context.onProgress?.({ stage: 'train', done: ++done, total });
  const fits = await fitMembers(members, set, { ...context, onFitted });
  const sum = members.reduce((all, { weight }) => all + weight, 0);
  const weights = Float64Array.from(members, ({ weight }) => weight / sum);
  return {
    estimator: {
      kind: 'ensemble',
      outputCount: outputWidth(fits[0]!.estimator),
      members: fits.map(({ estimator }) => estimator),
      combination: { kind: 'mean', weights },
      link: 'identity',
    },
    importances: weighImportances(
      fits.map(({ importances }, m) => ({ importances, weight: weights[m]! })),
      set.matrix.columns.length,
    ),
    findings: fits.flatMap(({ findings }) => findings ?? []),
  };
}
