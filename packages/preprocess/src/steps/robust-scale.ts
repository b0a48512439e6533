import { learnOrder } from '../learning/learn-order.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, itemsOf, optionalField, problemAt, readNumber } from '../json-node.ts';
import { mapColumns, numberKernel } from '../map-columns.ts';
import { quantileOfSorted } from '../quantile-of-sorted.ts';
import { readEntries } from '../read-entries.ts';
import type { SpecDefinition, StepDefinition } from '../step-definition.ts';

/**
 * Move the median of the training values to 0 and divide by the distance between two of their
 * quantiles, which a few extreme values do not move. Missing cells stay missing; a column without
 * such a distance is only shifted.
 *
 * @see scikit-learn RobustScaler.
 */
export interface RobustScaleSpec {
  readonly kind: 'robust_scale';
  readonly columns: ColumnSelector;
  /** Two shares in [0, 1], the first below the second; default [0.25, 0.75], the quartiles. */
  readonly quantiles?: readonly [lower: number, upper: number];
}

/** Each column as `(value - center) / scale`, both in the column's own unit. */
export interface FittedRobustScale {
  readonly kind: 'robust_scale';
  readonly columns: readonly {
    readonly column: string;
    readonly center: number;
    readonly scale: number;
  }[];
}

/** How a robust_scale step is read and fitted. */
export const robustScaleSpec: SpecDefinition<RobustScaleSpec, FittedRobustScale> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'quantiles']);
    const quantiles = optionalField(node, 'quantiles');
    const spec: RobustScaleSpec = {
      kind: 'robust_scale',
      columns: parseSelector(field(node, 'columns')),
    };
    if (quantiles === undefined) return spec;
    const [lower, upper, ...more] = itemsOf(quantiles).map(readNumber);
    if (!(lower! >= 0 && lower! < upper! && upper! <= 1) || more.length > 0) {
      throw problemAt(quantiles, 'it must be two shares in [0, 1], the first below the second.');
    }
    return { ...spec, quantiles: [lower!, upper!] };
  },
  needs: () => 'rows',
  makes: () => ['numeric'],
  learn: (spec, columns, rows) =>
    learnOrder(columns, rows, (learnt) => {
      const [lower, upper] = spec.quantiles ?? [0.25, 0.75];
      const fitted = learnt.map(({ column: { name: column }, learnt: order }) => {
        const sorted = order.sorted();
        if (sorted.length === 0) return { column, center: 0, scale: 1 };
        const spread = quantileOfSorted(sorted, upper) - quantileOfSorted(sorted, lower);
        const scale = spread < 10 * Number.EPSILON ? 1 : spread;
        return { column, center: quantileOfSorted(sorted, 0.5), scale };
      });
      return { steps: [{ kind: 'robust_scale', columns: fitted }] };
    }),
};

/** How a fitted robust_scale step is read and applied. */
export const robustScaleStep: StepDefinition<FittedRobustScale> = {
  parse(node) {
    checkFields(node, ['kind', 'columns']);
    const columns = readEntries(node, ['center', 'scale'], (item) => {
      const scale = readNumber(field(item, 'scale'));
      if (scale <= 0) throw problemAt(field(item, 'scale'), 'it must be above 0.');
      return { center: readNumber(field(item, 'center')), scale };
    });
    return { kind: 'robust_scale', columns };
  },
  reads: (step) => step.columns.map(({ column }) => column),
  compile: (step, layout) =>
    mapColumns({
      step: step.kind,
      accepts: 'numbers',
      layout,
      entries: step.columns,
      kernelOf: ({ column, center, scale }) =>
        numberKernel(column, (value) => (value - center) / scale),
    }),
};
