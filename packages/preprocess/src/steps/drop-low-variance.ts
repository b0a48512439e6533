import { collectMoments } from '../learning/collect-moments.ts';
import { type Range, collectRange } from '../learning/collect-range.ts';
import { type Accumulator, learnColumns } from '../learning/learn-columns.ts';
import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, optionalField, problemAt, readNumber } from '../json-node.ts';
import type { SpecDefinition } from '../step-definition.ts';
import type { FittedDrop } from './drop.ts';

/**
 * Leave out columns of numbers that hardly vary over the training rows; one without a value counts
 * as constant.
 *
 * @see scikit-learn VarianceThreshold.
 */
export interface DropLowVarianceSpec {
  readonly kind: 'drop_low_variance';
  readonly columns: ColumnSelector;
  /** At least 0, in the column's own unit squared; a variance up to this is low. Default 0. */
  readonly threshold?: number;
}

/** How a drop_low_variance step is read and fitted: it becomes a drop. */
export const dropLowVarianceSpec: SpecDefinition<DropLowVarianceSpec, FittedDrop> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'threshold']);
    const threshold = optionalField(node, 'threshold');
    if (threshold && readNumber(threshold) < 0) throw problemAt(threshold, 'it must be 0 or more.');
    return {
      kind: 'drop_low_variance',
      columns: parseSelector(field(node, 'columns')),
      ...(threshold && { threshold: readNumber(threshold) }),
    };
  },
  needs: () => 'rows',
  makes: (_spec, { kind }) => [kind],
  learn: ({ threshold = 0 }, columns) =>
    learnColumns({
      columns,
      collect: collectSpread,
      check: ({ name }, cells) => checkFinite(name, numbersIn(cells)),
      finish(learnt) {
        const low = learnt.flatMap(({ column: { name }, learnt: { range, variance } }) => {
          // Of a constant, and of no value at all, the smallest is not below the largest.
          const isLow = !(range.smallest < range.largest) || variance <= threshold;
          return isLow ? [name] : [];
        });
        return {
          steps: [{ kind: 'drop', columns: low }],
          dropped: low.map((column) => ({ column, reason: `a variance of at most ${threshold}` })),
        };
      },
    }),
};

/** The range beside the variance: rounding gives many equal numbers a variance of more than 0. */
function collectSpread(): Accumulator<{ readonly range: Range; readonly variance: number }> {
  const moments = collectMoments();
  const range = collectRange();
  return {
    add(cells) {
      moments.add(cells);
      range.add(cells);
    },
    finish: () => ({ range: range.finish(), variance: moments.finish().variance }),
  };
}
