import { numbersIn } from '../cells.ts';
import { checkFinite } from '../check-finite.ts';
import { type ColumnSelector, parseSelector } from '../column-selector.ts';
import { checkFields, field, optionalField, problemAt, readNumber } from '../json-node.ts';
import { collectCorrelation } from '../measure-correlation.ts';
import type { DroppedColumn, SpecDefinition } from '../step-definition.ts';
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
  needs: () => 'rows',
  makes: (_spec, { kind }) => [kind],
  learn({ threshold = 0.95 }, columns) {
    const pairs = columns.map((_, i) => columns.slice(0, i).map(() => collectCorrelation()));
    return {
      add(parts) {
        const values = parts.map(({ name, cells }) => {
          checkFinite(name, numbersIn(cells));
          return numbersIn(cells);
        });
        pairs.forEach((before, i) => before.forEach((pair, j) => pair.add(values[j]!, values[i]!)));
      },
      finish() {
        const kept: number[] = [];
        const dropped: DroppedColumn[] = [];
        columns.forEach(({ name }, i) => {
          const twin = kept.find((j) => Math.abs(pairs[i]![j]!.finish()) >= threshold);
          if (twin === undefined) kept.push(i);
          else
            dropped.push({ column: name, reason: `it correlates with "${columns[twin]!.name}"` });
        });
        return {
          steps: [{ kind: 'drop', columns: dropped.map(({ column }) => column) }],
          dropped,
        };
      },
    };
  },
};
