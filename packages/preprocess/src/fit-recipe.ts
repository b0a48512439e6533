import { type Table, dropColumns, signatureInputs, takeColumns } from '@gnu-mlops/core';
import { cellsOf, holdsText } from './cells.ts';
import { selectColumns } from './column-selector.ts';
import { compileStep, featuresOf } from './compile-steps.ts';
import { EmptyTableError, NoFeaturesError, TextLeftError } from './errors.ts';
import { type FittedStep, stepDefinition } from './fitted-step.ts';
import { freezeDeep } from './freeze-deep.ts';
import { parseRecipeSpec } from './parse-recipe-spec.ts';
import type { Recipe, RecipeSpec } from './recipe.ts';
import type { DroppedColumn, Frame } from './step-definition.ts';
import { specDefinition } from './step-spec.ts';

/** Settings of {@link fitRecipe}. */
export interface FitRecipeOptions {
  /** The column to predict: it is put aside before anything is learnt. */
  readonly target?: string;
}

/**
 * Learn a recipe from training rows. Pass these rows only: whatever the table holds is learnt from.
 *
 * What is left after the last step becomes features: numbers as they are (NaN = missing), booleans
 * as 0 and 1, timestamps as milliseconds since the epoch.
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
  if (table.rowCount === 0) throw new EmptyTableError();
  const raw = options.target === undefined ? table : dropColumns(table, [options.target]);
  const steps: FittedStep[] = [];
  const dropped: DroppedColumn[] = [];
  let frame = frameOf(raw);
  for (const stepSpec of parseRecipeSpec(spec).steps) {
    const definition = specDefinition(stepSpec.kind);
    const selected = selectColumns(frame, stepSpec.columns, {
      kind: stepSpec.kind,
      accepts: definition.accepts,
    });
    const fit = definition.fit(stepSpec, selected, frame);
    dropped.push(...(fit.dropped ?? []));
    for (const step of fit.steps) {
      if (step.columns.length === 0) continue;
      steps.push(step);
      frame = advance(frame, step);
    }
  }
  const textLeft = frame.columns.find(({ kind }) => holdsText(kind));
  if (textLeft !== undefined) throw new TextLeftError(textLeft.name);
  if (frame.columns.length === 0) throw new NoFeaturesError(dropped);
  const read = leaveOutUnread([...raw.columns.keys()], steps);
  return freezeDeep<Recipe>({
    version: 1,
    inputs: signatureInputs(takeColumns(raw, read.inputs)),
    steps: read.steps,
    features: featuresOf(frame.columns),
    dropped,
  });
}

function frameOf(table: Table): Frame {
  const columns = Array.from(table.columns, ([name, column]) => ({
    name,
    kind: column.kind,
    cells: cellsOf(column),
  }));
  return { rowCount: table.rowCount, columns };
}

function advance(frame: Frame, step: FittedStep): Frame {
  const compiled = compileStep(step, frame.columns);
  const cells = compiled.run(
    frame.columns.map((column) => column.cells),
    frame.rowCount,
  );
  const columns = compiled.layout.map((column, i) => ({ ...column, cells: cells[i]! }));
  return { rowCount: frame.rowCount, columns };
}

/** A raw column that is dropped before any step looks into it need not be there at prediction. */
function leaveOutUnread(
  rawNames: readonly string[],
  steps: readonly FittedStep[],
): { inputs: string[]; steps: FittedStep[] } {
  const untouched = new Set(rawNames);
  const unread = new Set<string>();
  const kept: FittedStep[] = [];
  for (const step of steps) {
    for (const name of stepDefinition(step.kind).reads(step)) untouched.delete(name);
    if (step.kind !== 'drop') {
      kept.push(step);
      continue;
    }
    const columns = step.columns.filter((name) => !untouched.has(name));
    for (const name of step.columns) if (untouched.delete(name)) unread.add(name);
    if (columns.length > 0) kept.push({ kind: 'drop', columns });
  }
  return { inputs: rawNames.filter((name) => !unread.has(name)), steps: kept };
}
