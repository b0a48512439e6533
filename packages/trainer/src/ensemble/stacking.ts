import type { JsonObject, JsonValue } from '@gnu-mlops/core';
import { outputWidth, stackedColumns, stackedFeatures } from '@gnu-mlops/model';
import type { Algorithm, FeatureFamily, Fit } from '../algorithm.ts';
import { count, sharedHyperparameters } from '../boosting/boosting-hyperparameters.ts';
import type { ClassWeight } from '../class-weights.ts';
import { HyperparameterInvalidError } from '../errors.ts';
import type { FitContext } from '../fit-context.ts';
import { takeTrainingRows } from '../take-training-rows.ts';
import { type ClassTarget, type TrainingSet, className } from '../training-set.ts';
import { type StackingFold, dealStackingFolds } from './deal-stacking-folds.ts';
import { ensembleFamily } from './ensemble-family.ts';
import { finalHyperparameter, readFinal } from './final-hyperparameter.ts';
import { type MemberFit, fitMembers } from './fit-members.ts';
import { type MemberList, membersHyperparameter, readMembers } from './members-hyperparameter.ts';
import { outOfFoldOutputs } from './out-of-fold-outputs.ts';
import { weighClasses } from './weigh-classes.ts';
import { weighImportances } from './weigh-importances.ts';

/** The settings, checked. */
interface StackingHyperparameters {
  readonly estimators: JsonValue;
  readonly final_estimator: JsonValue;
  readonly cv: number;
  readonly passthrough: boolean;
  readonly class_weight: ClassWeight;
}

const list: MemberList = { ensemble: 'stacking', keys: ['hyperparameters'] };

/**
 * Several algorithms, and one more that learns to combine what they say. It learns from what the
 * members say of rows that they have not seen; then the members learn from all rows.
 *
 * @see scikit-learn StackingClassifier, StackingRegressor; all members read the features of one
 *   recipe.
 */
export const stacking: Algorithm = {
  name: 'stacking',
  description: 'Several algorithms, and one that learns how to combine them.',
  tasks: ['classification', 'regression'],
  family: familyOfStack,
  hyperparameters: {
    estimators: membersHyperparameter(list),
    final_estimator: finalHyperparameter(list.ensemble),
    cv: count(5, 2, 'Folds: each is predicted by members that learnt from the others.'),
    passthrough: {
      defaultFor: () => false,
      accepts: 'true or false',
      isValid: (value) => typeof value === 'boolean',
      description: 'Whether the final estimator reads the features too.',
    },
    class_weight: sharedHyperparameters.class_weight,
  },
  fit: fitStacking,
};

function familyOfStack(hyperparameters: JsonObject): FeatureFamily {
  const { estimators, final_estimator, passthrough } =
    hyperparameters as unknown as Partial<StackingHyperparameters>;
  const members = estimators as readonly JsonValue[] | undefined;
  if (ensembleFamily(members) === 'linear') return 'linear';
  if (passthrough !== true) return 'trees';
  return ensembleFamily(final_estimator == null ? null : [final_estimator]);
}

async function fitStacking(
  given: TrainingSet,
  hyperparameters: JsonObject,
  context: FitContext,
): Promise<Fit> {
  const settings = hyperparameters as unknown as StackingHyperparameters;
  const { task } = given.target;
  const members = readMembers(settings.estimators, task, list);
  const final = readFinal(settings.final_estimator, task, list.ensemble);
  const set = weighClasses(given, settings.class_weight, stacking.name);
  const folds = dealFolds(set, settings.cv);
  let done = 0;
  const total = members.length * (folds.length + 1) + 1;
  const onFitted = () => context.onProgress?.({ stage: 'train', done: ++done, total });

  const outputs = await outOfFoldOutputs(members, { set, folds }, { ...context, onFitted });
  const { matrix } = set;
  const stacked = stackedFeatures(
    outputs,
    matrix.rowCount,
    settings.passthrough ? matrix : undefined,
  );
  const fits = await fitMembers(members, set, { ...context, onFitted });
  const [combined] = await fitMembers(
    [final],
    { ...set, ...takeTrainingRows({ ...set, matrix: stacked }, testedRows(folds)) },
    { ...context, onFitted },
  );
  return {
    estimator: {
      kind: 'ensemble',
      outputCount: outputWidth(fits[0]!.estimator),
      members: fits.map(({ estimator }) => estimator),
      combination: {
        kind: 'stack',
        final: combined!.estimator,
        passthrough: settings.passthrough,
      },
      link: 'identity',
    },
    importances: stackImportances(fits, combined!, matrix.columns.length),
    findings: [...fits, combined!].flatMap(({ findings }) => findings ?? []),
  };
}

/** Ascending: all rows, but the first where folds follow time. */
function testedRows(folds: readonly StackingFold[]): Int32Array {
  return Int32Array.from(folds.flatMap(({ test }) => [...test])).sort();
}

/**
 * @throws {HyperparameterInvalidError} when `cv` asks for more than the rows can give.
 * @throws {SplitInvalidError} when it asks for more than groups or times can give.
 */
function dealFolds(set: TrainingSet, cv: number): StackingFold[] {
  const invalid = (accepts: string) =>
    new HyperparameterInvalidError(stacking.name, 'cv', { value: cv, accepts });
  const folds = dealStackingFolds(set, { folds: cv, seed: set.seed });
  if (folds === undefined) {
    throw invalid(
      `at most the number of different rows, and there are ${set.matrix.rowCount} rows`,
    );
  }
  if (set.target.task === 'regression') return folds;
  const { labels } = set.target;
  const isOrdered = set.groups !== undefined || set.times !== undefined;
  for (const rows of [...folds.map(({ train }) => train), testedRows(folds)]) {
    const first = labels[rows[0]!]!;
    if (rows.some((row) => labels[row] !== first)) continue;
    if (isOrdered) {
      throw invalid(
        'such that members and final estimator learn from two classes: dealt by ' +
          `${set.times ? 'time' : 'whole groups'}, ${rows.length} rows to learn from are all of ` +
          `class "${className(set.target as ClassTarget, first)}"`,
      );
    }
    const missing = labels.find((label) => label !== first)!;
    throw invalid(
      `such that members learn from two classes: "${className(set.target as ClassTarget, missing)}" ` +
        'has too few different rows to be in two folds',
    );
  }
  return folds;
}

/** What the members hold important, by how important the final estimator holds what they say. */
function stackImportances(
  fits: readonly MemberFit[],
  { importances }: MemberFit,
  featureCount: number,
): Float64Array {
  const stackedPerMember = stackedColumns(outputWidth(fits[0]!.estimator)).length;
  const parts = fits.map((fit, m) => {
    const own = importances.subarray(m * stackedPerMember, (m + 1) * stackedPerMember);
    return { importances: fit.importances, weight: own.reduce((sum, share) => sum + share, 0) };
  });
  const stackedCount = fits.length * stackedPerMember;
  const passedOn = new Float64Array(featureCount);
  passedOn.set(importances.subarray(stackedCount));
  return weighImportances([...parts, { importances: passedOn, weight: 1 }], featureCount);
}
