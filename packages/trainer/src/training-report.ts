import type { ClassificationMetrics, JsonObject, RegressionMetrics, Task } from '@gnu-mlops/core';
import type { Finding, Split } from '@gnu-mlops/preprocess';
import type { DecisionReport } from './decisions/decision-report.ts';
import type { FoldMetrics } from './fold-metrics.ts';

/** How much a feature matters to a model. */
export interface FeatureImportance {
  /** A feature's name in the recipe, such as `Contract=Two year`. */
  readonly feature: string;
  /** A share; all of them add up to 1. See `Fit.importances`. */
  readonly importance: number;
}

/** What a training did and how well the model does. */
export interface TrainingReport extends DecisionReport {
  readonly task: Task;
  readonly rows: { readonly total: number; readonly train: number; readonly test: number };
  /** All of them, defaults included. */
  readonly hyperparameters: JsonObject;
  /**
   * Cross-validation over the training rows, one entry a fold; empty without. Of the estimator alone,
   * before calibration and threshold.
   */
  readonly folds: readonly FoldMetrics[];
  /** By metric name, over the folds. */
  readonly foldMean: Record<string, number>;
  /** Standard deviation over the folds, dividing by their number. */
  readonly foldStd: Record<string, number>;
  /** On the held-out rows, of the model with its calibration and threshold. */
  readonly evaluation: ClassificationMetrics | RegressionMetrics;
  /** The same, by metric name. */
  readonly metrics: Record<string, number>;
  /** The most important first. */
  readonly featureImportances: readonly FeatureImportance[];
  /** Accuracy or R2 on the rows outside each tree's bag; only where asked for. */
  readonly outOfBagScore?: number;
  /** Where boosting stops early: the rounds that the model has. */
  readonly bestIteration?: number;
  /** Warnings about the table and the fit. */
  readonly findings: readonly Finding[];
  /** Row numbers of the table, 0-based. */
  readonly split: Split;
  readonly durationsMs: {
    readonly crossValidation: number;
    readonly fit: number;
    readonly evaluation: number;
  };
}
