import { type Table, type Task, columnNamed, dropColumns, signatureInputs } from '@gnu-mlops/core';
import { assembleRecipe } from './assemble-recipe.ts';
import { numbersIn } from './cells.ts';
import { type ColumnSelector, selectColumns } from './column-selector.ts';
import { type EncodedTarget, encodeTarget } from './encode-target.ts';
import { EmptyTableError, TargetNeededError } from './errors.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { FittedStep } from './fitted-step.ts';
import { advanceFrame, openFrame } from './frame.ts';
import { wholeTable } from './learning/learner.ts';
import { parseRecipeSpec } from './parse-recipe-spec.ts';
import type { Recipe, RecipeSpec } from './recipe.ts';
import type { DroppedColumn, Frame, StepFit } from './step-definition.ts';
import { type StepSpec, specDefinition } from './step-spec.ts';

/** Settings of {@link fitRecipe} and {@link fitTransform}. */
export interface FitRecipeOptions {
  /**
   * The column to predict: it is put aside before anything is learnt. Steps that learn from it, such
   * as target_encode, look at it and at no other.
   */
  readonly target?: string;
  /** What is predicted, for those steps; default: what {@link inferTask} says of the target. */
  readonly task?: Task;
}

/** A recipe, and its own training rows as an estimator should see them. */
export interface FittedTransform {
  readonly recipe: Recipe;
  /** As `transformTable` of the same rows, but for steps that learn from the target. */
  readonly matrix: FeatureMatrix;
}

/**
 * Learn a recipe from training rows. Pass these rows only: whatever the table holds is learnt from.
 *
 * What is left after the last step becomes features: numbers as they are (NaN = missing), booleans
 * as 0 and 1, timestamps as milliseconds since the epoch.
 *
 * To train an estimator on the same rows, use {@link fitTransform}.
 *
 * @throws {EmptyTableError} when the table has no rows.
 * @throws {RecipeSpecInvalidError} when the specification breaks its format.
 * @throws {StepColumnNotFoundError} when a step names a column that is not there.
 * @throws {StepColumnKindError} when a step is pointed at a column that it cannot work on.
 * @throws {ValueNotFiniteError} when a step must compute with an infinite cell.
 * @throws {ValueOutOfRangeError} when a step cannot take a cell.
 * @throws {CategoryUnknownError} when a cell is not among the categories that a step was given.
 * @throws {ColumnDuplicateError} when a step makes a column whose name is taken.
 * @throws {TextLeftError} when a column is still text after the last step.
 * @throws {NoFeaturesError} when nothing is left.
 */
export function fitRecipe(table: Table, spec: RecipeSpec, options: FitRecipeOptions = {}): Recipe {
  return fitTransform(table, spec, options).recipe;
}

/**
 * Learn a recipe from training rows, and turn these rows into what an estimator is to learn from.
 *
 * A row's own target must not shine through its features: a step that learns from the target, such
 * as target_encode, gives each training row what the other rows say, and later rows what all
 * training rows say. Training on `transformTable` of the training rows would leak; train on
 * `matrix`. It is also cheaper than fitting and transforming one after the other.
 *
 * @throws what {@link fitRecipe} throws.
 */
export function fitTransform(
  table: Table,
  spec: RecipeSpec,
  options: FitRecipeOptions = {},
): FittedTransform {
  if (table.rowCount === 0) throw new EmptyTableError();
  const raw = options.target === undefined ? table : dropColumns(table, [options.target]);
  const steps: FittedStep[] = [];
  const dropped: DroppedColumn[] = [];
  let frame = openFrame(raw, targetOf(table, options));
  for (const stepSpec of parseRecipeSpec(spec).steps) {
    const fit = fitStep(stepSpec, frame);
    for (const column of fit.dropped ?? []) dropped.push(column);
    for (const step of fit.steps) {
      if (step.columns.length === 0) continue;
      steps.push(step);
      frame = advanceFrame(frame, step, fit.trainingCells);
    }
  }
  const recipe = assembleRecipe({
    inputs: signatureInputs(raw),
    steps,
    layout: frame.columns,
    dropped,
  });
  const columns = frame.columns.map(({ cells }) => numbersIn(cells));
  return { recipe, matrix: { rowCount: table.rowCount, features: recipe.features, columns } };
}

function fitStep(spec: StepSpec, frame: Frame): StepFit<FittedStep> {
  const { accepts, learn, selectorOf } = specDefinition(spec.kind);
  const selector = selectorOf?.(spec) ?? (spec.columns as ColumnSelector);
  const columns = selectColumns(frame.columns, selector, { kind: spec.kind, accepts });
  const learner = learn(spec, columns, { ...wholeTable, layout: frame.columns });
  learner.add(columns, frame);
  return learner.finish(frame.rowCount);
}

/** The target, encoded when a step first asks for it. */
function targetOf(table: Table, { target: name, task }: FitRecipeOptions): Frame['target'] {
  let target: EncodedTarget | undefined;
  return (step) => {
    if (name === undefined) throw new TargetNeededError(step);
    target ??= encodeTarget(columnNamed(table, name), { name, ...(task && { task }) });
    return target;
  };
}
