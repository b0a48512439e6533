import { learnColumns } from '../learning/learn-columns.ts';
import { collectMissing } from '../learning/collect-missing.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, readNames } from '../json-node.ts';
import { mapColumns } from '../map-columns.ts';
import { markMissing, missingName } from '../missing-cells.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Put a 0/1 column `column=(missing)` beside each column that misses cells in the training rows, and
 * leave the column as it is: trees send missing cells their own way. Where cells are filled, impute
 * has its own `indicator`.
 *
 * @see scikit-learn MissingIndicator, features "missing-only".
 */
export interface MissingIndicatorSpec {
  readonly kind: 'missing_indicator';
  readonly columns: ColumnSelector;
}

/** The columns that get an indicator. */
export interface FittedMissingIndicator {
  readonly kind: 'missing_indicator';
  readonly columns: readonly string[];
}

/** How a missing_indicator step is read and fitted. */
export const missingIndicatorSpec: SpecDefinition<MissingIndicatorSpec, FittedMissingIndicator> = {
  accepts: 'any',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'missing_indicator', columns: parseSelector(field(node, 'columns')) };
  },
  needs: () => 'rows',
  makes: (_spec, { kind }) => [kind, 'boolean'],
  learn: (_spec, columns) =>
    learnColumns({
      columns,
      collect: collectMissing,
      finish(learnt) {
        const names = learnt.filter(({ learnt: missing }) => missing > 0);
        return {
          steps: [{ kind: 'missing_indicator', columns: names.map(({ column }) => column.name) }],
        };
      },
    }),
};

/** How a fitted missing_indicator step is read and applied. */
export const missingIndicatorStep: StepDefinition<FittedMissingIndicator> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'missing_indicator', columns: readNames(field(node, 'columns')) };
  },
  reads: (step) => step.columns,
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'any',
      layout,
      entries: step.columns.map((column) => ({ column })),
      kernelOf: (_entry, column) => ({
        outputs: [column, { name: missingName(column.name), kind: 'boolean' }],
        run: (cells, rowCount) => [cells, markMissing(cells, rowCount)],
      }),
    }),
};
