import { learnColumns } from '../learning/learn-columns.ts';
import { collectMoments } from '../learning/collect-moments.ts';
import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, itemsOf, problemAt, readNumber, readText } from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import { isConstant } from '../measure-moments.ts';
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
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (_spec, columns) =>
    learnColumns({
      columns,
      collect: collectMoments,
      check: ({ name }, cells) => checkFinite(name, numbersIn(cells)),
      finish(learnt) {
        const fitted = learnt.map(({ column: { name: column }, learnt: moments }) => {
          if (moments.count === 0) return { column, mean: 0, scale: 1 };
          const scale = isConstant(moments) ? 1 : Math.sqrt(moments.variance);
          return { column, mean: moments.mean, scale };
        });
        return { steps: [{ kind: 'standard_scale', columns: fitted }] };
      },
    }),
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
