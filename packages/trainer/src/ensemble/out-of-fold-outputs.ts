import { type MemberOutputs, outputWidth, predictMatrix } from '@gnu-mlops/model';
import type { FitContext } from '../fit-context.ts';
import { takeTrainingRows } from '../take-training-rows.ts';
import type { TrainingSet } from '../training-set.ts';
import type { StackingFold } from './deal-stacking-folds.ts';
import { fitMembers } from './fit-members.ts';
import type { Member } from './member.ts';

/** What each member says of every row when it has learnt from the other folds alone. */
export async function outOfFoldOutputs(
  members: readonly Member[],
  { set, folds }: { readonly set: TrainingSet; readonly folds: readonly StackingFold[] },
  context: FitContext & { readonly onFitted: () => void },
): Promise<MemberOutputs[]> {
  const outputs: MemberOutputs[] = [];
  for (const { train, test } of folds) {
    const fits = await fitMembers(members, { ...set, ...takeTrainingRows(set, train) }, context);
    const { matrix } = takeTrainingRows(set, test);
    fits.forEach(({ estimator }, m) => {
      const width = outputWidth(estimator);
      outputs[m] ??= { outputs: new Float64Array(set.matrix.rowCount * width), width };
      const predicted = predictMatrix(estimator, matrix);
      test.forEach((row, at) =>
        outputs[m]!.outputs.set(predicted.subarray(at * width, (at + 1) * width), row * width),
      );
    });
  }
  return outputs;
}
