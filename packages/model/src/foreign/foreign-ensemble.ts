import type { Task } from '@gnu-mlops/core';
import type { TreeEnsemble } from '../estimator.ts';

/** Trees that another library grew. */
export interface ForeignEnsemble {
  readonly estimator: TreeEnsemble;
  readonly task: Task;
  /** Of a classification; 1 otherwise. */
  readonly classCount: number;
  /** By the file, one a feature; the features' order is the estimator's. */
  readonly featureNames: readonly string[];
  /** The loss that was minimised, as the library names it. */
  readonly objective: string;
}

/** The most numbers that the leaves of a file may unfold to: half a GiB of them. */
export const MAX_LEAF_NUMBERS = 2 ** 26;

/** The most outputs that a file may claim: a claim of a few digits takes memory for each of them. */
export const MAX_OUTPUTS = 1_000_000;
