import type { Split } from '@gnu-mlops/preprocess';
import { HyperparameterInvalidError } from './errors.ts';
import { splitInOrder } from './split-in-order.ts';
import { type TrainingSet, className } from './training-set.ts';

/** How rows are set aside to stop by. */
export interface SetAside {
  readonly algorithm: string;
  /** In (0, 1): the algorithm's `validation_fraction`. */
  readonly share: number;
  readonly seed: number;
}

/**
 * Set rows aside to stop by, the latest or whole groups, as the rows of a fit are to be split.
 *
 * @returns undefined where they have neither times nor groups.
 * @throws {SplitInvalidError} when a side would be empty.
 * @throws {HyperparameterInvalidError} when one class alone would be left to learn from.
 */
export function setAsideInOrder(
  { target, groups, times }: TrainingSet,
  { algorithm, share, seed }: SetAside,
): Split | undefined {
  const labels = target.task === 'classification' ? { labels: target.labels } : {};
  const split = splitInOrder({ groups, times, ...labels }, { share, seed });
  if (split === undefined || target.task === 'regression') return split;
  const first = target.labels[split.train[0]!]!;
  if (split.train.some((row) => target.labels[row] !== first)) return split;
  throw new HyperparameterInvalidError(algorithm, 'validation_fraction', {
    value: share,
    accepts:
      'such that rows of two classes are left to learn from: where ' +
      `${times ? 'the latest rows' : 'whole groups'} are set aside, the others are all of class ` +
      `"${className(target, first)}"`,
  });
}
