import type { ColumnSpec } from '@gnu-mlops/core';
import { holdsText } from './cells.ts';
import { featuresOf } from './compile-steps.ts';
import { NoFeaturesError, TextLeftError } from './errors.ts';
import { type FittedStep, stepDefinition } from './fitted-step.ts';
import { freezeDeep } from './freeze-deep.ts';
import type { Recipe } from './recipe.ts';
import type { DroppedColumn, LayoutColumn } from './step-definition.ts';

/** What was learnt, step by step. */
export interface LearntSteps {
  /** All raw columns, the target aside. */
  readonly inputs: readonly ColumnSpec[];
  readonly steps: readonly FittedStep[];
  /** The columns after the last step. */
  readonly layout: readonly LayoutColumn[];
  readonly dropped: readonly DroppedColumn[];
}

/**
 * Make a recipe of fitted steps.
 *
 * @throws {TextLeftError} when a column is still text after the last step.
 * @throws {NoFeaturesError} when nothing is left.
 */
export function assembleRecipe({ inputs, steps, layout, dropped }: LearntSteps): Recipe {
  const textLeft = layout.find(({ kind }) => holdsText(kind));
  if (textLeft !== undefined) throw new TextLeftError(textLeft.name);
  if (layout.length === 0) throw new NoFeaturesError(dropped);
  const names = inputs.map(({ name }) => name);
  const read = leaveOutUnread(names, steps);
  return freezeDeep<Recipe>({
    version: 1,
    inputs: inputs.filter(({ name }) => read.inputs.has(name)),
    steps: read.steps,
    features: featuresOf(layout),
    dropped,
  });
}

/** A raw column that is dropped before any step looks into it need not be there at prediction. */
function leaveOutUnread(
  rawNames: readonly string[],
  steps: readonly FittedStep[],
): { inputs: ReadonlySet<string>; steps: FittedStep[] } {
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
  return { inputs: new Set(rawNames.filter((name) => !unread.has(name))), steps: kept };
}
