import type { JsonObject, Task } from '@gnu-mlops/core';
import type { Estimator } from '@gnu-mlops/model';
import type { Finding } from '@gnu-mlops/preprocess';
import type { CategoricalChoice } from './boosting/category-rules.ts';
import type { FitContext } from './fit-context.ts';
import type { Hyperparameter } from './hyperparameter.ts';
import type { TrainingSet } from './training-set.ts';

/** What an algorithm makes of its rows. */
export interface Fit {
  readonly estimator: Estimator;
  /**
   * Length features, sum 1 (0 where nothing was of use). For a forest the share of the impurity
   * decrease; for a linear model the mean of |coefficient| x the feature's standard deviation, for a
   * network the mean of |slope| x that; for an ensemble what its members and their weights say.
   */
  readonly importances: Float64Array;
  /** Accuracy or R2 on the rows outside each tree's bag; only where asked for. */
  readonly outOfBagScore?: number;
  /** The round that did best on the validation rows, counted from 1: the last in the estimator. */
  readonly bestIteration?: number;
  /** Warnings about the fit, such as that it ended before it had learnt all. */
  readonly findings?: readonly Finding[];
}

/** The kind of features that an algorithm wants: which default recipe it gets. */
export type FeatureFamily = 'trees' | 'linear';

/** A way to learn, by scikit-learn's names. */
export interface Algorithm {
  readonly name: string;
  readonly description: string;
  readonly tasks: readonly Task[];
  /** An ensemble wants what its members want. */
  readonly family: FeatureFamily | ((hyperparameters: JsonObject) => FeatureFamily);
  readonly hyperparameters: { readonly [name: string]: Hyperparameter };
  /** Other names of hyperparameters, and those that they stand for. */
  readonly aliases?: { readonly [alias: string]: string };
  /**
   * Whether it stops by validation rows, given these hyperparameters; absent: it never does.
   */
  readonly stopsEarly?: (hyperparameters: JsonObject) => boolean;
  /**
   * The columns that the default recipe should leave as categories for it, by name; absent: none.
   */
  readonly categoricalColumns?: (hyperparameters: JsonObject) => CategoricalChoice;
  /** @param hyperparameters all of them, checked. */
  readonly fit: (
    set: TrainingSet,
    hyperparameters: JsonObject,
    context: FitContext,
  ) => Promise<Fit>;
}
