import type { ColumnSpec } from '@gnu-mlops/core';
import type { Feature } from './feature-matrix.ts';
import type { FittedStep } from './fitted-step.ts';
import type { DroppedColumn } from './step-definition.ts';
import type { StepSpec } from './step-spec.ts';

/** What to do to raw columns, before anything is learnt. Plain JSON. */
export interface RecipeSpec {
  /** In the order they run; each sees what the ones before it made. */
  readonly steps: readonly StepSpec[];
}

/** Fitted preprocessing: plain JSON, deeply frozen, the same anywhere. It never holds the target. */
export interface Recipe {
  /** Of this format. */
  readonly version: 1;
  /** The raw columns that it reads: the inputs of a model's signature. */
  readonly inputs: readonly ColumnSpec[];
  readonly steps: readonly FittedStep[];
  /** What an estimator gets to see, in order. */
  readonly features: readonly Feature[];
  /** Columns that no feature comes from, and why. */
  readonly dropped: readonly DroppedColumn[];
}
