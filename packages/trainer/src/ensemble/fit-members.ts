import { createRandom } from '@gnu-mlops/core';
import type { SingleEstimator } from '@gnu-mlops/model';
import type { Fit } from '../algorithm.ts';
import { checkCancelled } from '../check-cancelled.ts';
import type { FitContext } from '../fit-context.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Member } from './member.ts';

/** A fit of one of an ensemble's algorithms. */
export interface MemberFit extends Fit {
  readonly estimator: SingleEstimator;
}

/** Of a seed: the seeds of the members. */
const MEMBER_STREAM = 31;

/**
 * Fit every member to the same rows. The first has the seed of the set, so that it learns what it
 * would alone; the others have seeds of their own, or two equal ones would say the same.
 *
 * @param onFitted is called behind each.
 */
export async function fitMembers(
  members: readonly Member[],
  set: TrainingSet,
  context: FitContext & { readonly onFitted: () => void },
): Promise<MemberFit[]> {
  const { onFitted, onProgress: _, ...quietly } = context;
  const fits: MemberFit[] = [];
  for (const [m, { algorithm, hyperparameters }] of members.entries()) {
    checkCancelled(context.signal);
    const seed = m === 0 ? set.seed : createRandom(set.seed, MEMBER_STREAM, m).nextUint32();
    fits.push((await algorithm.fit({ ...set, seed }, hyperparameters, quietly)) as MemberFit);
    onFitted();
  }
  return fits;
}
