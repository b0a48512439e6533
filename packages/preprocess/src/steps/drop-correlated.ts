import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, optionalField, problemAt, readNumber } from '../json-node.ts';
import { measureCorrelation } from '../measure-correlation.ts';
import type { DroppedColumn, FrameColumn, SpecDefinition } from '../step-definition.ts';
import type { FittedDrop } from './drop.ts';

/**
 * Leave out columns of numbers that say nearly the same as one before them: of two that correlate
 * strongly over the training rows that have both, the first stays.
 */
export interface DropCorrelatedSpec {
  readonly kind: 'drop_correlated';
  readonly columns: ColumnSelector;
  /** In (0, 1]: a correlation (Pearson's, of either sign) from here on is strong. Default 0.95. */
  readonly threshold?: number;
}

/** How a drop_correlated step is read and fitted: it becomes a drop. */
export const dropCorrelatedSpec: SpecDefinition<DropCorrelatedSpec, FittedDrop> = {
  accepts: 'numbers',
  parse(node) {
    checkFields(node, ['kind', 'columns', 'threshold']);
    const threshold = optionalField(node, 'threshold');
    if (threshold && !(readNumber(threshold) > 0 && readNumber(threshold) <= 1)) {
      throw problemAt(threshold, 'it must be above 0 and at most 1.');
    }
    return {
      kind: 'drop_correlated',
      columns: parseSelector(field(node, 'columns')),
      ...(threshold && { threshold: readNumber(threshold) }),
    };
  },
  fit({ threshold = 0.95 }, columns) {
    const kept: FrameColumn[] = [];
    const dropped: DroppedColumn[] = [];
    for (const column of columns) {
      const values = numbersIn(column.cells);
      checkFinite(column.name, values);
      const twin = kept.find(
        ({ cells }) => Math.abs(measureCorrelation(numbersIn(cells), values)) >= threshold,
      );
      if (twin === undefined) kept.push(column);
      else dropped.push({ column: column.name, reason: `it correlates with "${twin.name}"` });
    }
    return { steps: [{ kind: 'drop', columns: dropped.map(({ column }) => column) }], dropped };
  },
};
