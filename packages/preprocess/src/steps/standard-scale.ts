import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, itemsOf, problemAt, readNumber, readText } from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import { isConstant, measureMoments } from '../measure-moments.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Subtract the mean and divide by the standard deviation of the training rows. Missing cells are
 * skipped in both and stay missing. A constant column gets scale 1, as does one without a value
 * (with mean 0).
 *
 * @see scikit-learn StandardScaler: the variance divides by n.
 */
export interface StandardScaleSpec {
  readonly kind: 'standard_scale';
  readonly columns: ColumnSelector;
}

/** The centre and spread of each column, in the column's own unit. */
export interface FittedStandardScale {
  readonly kind: 'standard_scale';
  readonly columns: readonly {
    readonly column: string;
    readonly mean: number;
    readonly scale: number;
  }[];
}

/** How a standard_scale step is read and fitted. */
export const standardScaleSpec: SpecDefinition<StandardScaleSpec, FittedStandardScale> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    return { kind: 'standard_scale', columns: parseSelector(field(node, 'columns')) };
  },
  fit(_spec, columns) {
    const fitted = columns.map(({ name, cells }) => {
      const values = numbersIn(cells);
      checkFinite(name, values);
      const moments = measureMoments(values);
      if (moments.count === 0) return { column: name, mean: 0, scale: 1 };
      const scale = isConstant(moments) ? 1 : Math.sqrt(moments.variance);
      return { column: name, mean: moments.mean, scale };
    });
    return { steps: [{ kind: 'standard_scale', columns: fitted }] };
  },
};

/** How a fitted standard_scale step is read and applied. */
export const standardScaleStep: StepDefinition<FittedStandardScale> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = itemsOf(field(node, 'columns')).map((item) => {
      checkFields(item, ['column', 'mean', 'scale']);
      const scale = readNumber(field(item, 'scale'));
      if (scale <= 0) throw problemAt(field(item, 'scale'), 'it must be above 0.');
      return {
        column: readText(field(item, 'column')),
        mean: readNumber(field(item, 'mean')),
        scale,
      };
    });
    return { kind: 'standard_scale', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf: ({ column, mean, scale }) =>
        numberKernel(column, (value) => (value - mean) / scale),
    }),
};
