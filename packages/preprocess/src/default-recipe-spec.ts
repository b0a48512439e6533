import type { ColumnKind, Table } from '@gnu-mlops/core';
import { findUninformative } from './find-uninformative.ts';
import type { RecipeSpec } from './recipe.ts';
import type { StepSpec } from './step-spec.ts';

/** Settings of {@link defaultRecipeSpec}. */
export interface DefaultRecipeOptions {
  /** The family of algorithms that the features are for. */
  readonly for: 'trees' | 'linear';
  /** The column to predict; no step is made for it. */
  readonly target?: string;
  /** At least 1: the most columns that one text becomes; default 50. */
  readonly maxCategories?: number;
  /** Times become milliseconds since the epoch (default), or are left out with that as reason. */
  readonly timestamps?: 'milliseconds' | 'drop';
}

const amounts: readonly ColumnKind[] = ['numeric', 'integer', 'timestamp'];

/**
 * A sensible recipe for the columns of the training rows.
 *
 * Both families: columns that are empty, constant, or identifiers and free text are dropped, each
 * with its reason; other texts are one-hot encoded with no column left out, missing cells being one
 * more category, rare and unknown categories together in `(other)`.
 *
 * - `trees`: numbers stay as they are and keep NaN, which the engine sends its own way.
 * - `linear`: numbers are filled with their mean and standardised, booleans are filled with the more
 *   frequent value, and a 0/1 column says which cells were missing.
 */
export function defaultRecipeSpec(table: Table, options: DefaultRecipeOptions): RecipeSpec {
  const columnsOf = new Map<string, string[]>();
  for (const [name, column] of table.columns) {
    if (name === options.target) continue;
    const isUnwantedTime = column.kind === 'timestamp' && options.timestamps === 'drop';
    const reason = isUnwantedTime
      ? 'timestamps are left out of this recipe'
      : findUninformative(column)?.reason;
    if (reason === undefined) continue;
    const alike = columnsOf.get(reason);
    if (alike === undefined) columnsOf.set(reason, [name]);
    else alike.push(name);
  }
  // One step a reason: every step takes as long as the table is wide.
  const steps = Array.from(columnsOf, ([reason, columns]): StepSpec => ({
    kind: 'drop',
    columns,
    reason,
  }));
  if (options.for === 'linear') {
    steps.push(
      {
        kind: 'impute',
        columns: { kinds: ['boolean'] },
        strategy: 'most_frequent',
        indicator: true,
      },
      { kind: 'impute', columns: { kinds: amounts }, strategy: 'mean', indicator: true },
      { kind: 'standard_scale', columns: { kinds: amounts } },
    );
  }
  steps.push({
    kind: 'one_hot',
    columns: { kinds: ['categorical', 'text'] },
    unknown: 'other',
    maxCategories: options.maxCategories ?? 50,
  });
  return { steps };
}
