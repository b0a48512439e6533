import { type Table, columnNamed } from '@gnu-mlops/core';
import { cellsOf } from '../cells.ts';
import { inferTask } from '../infer-task.ts';
import { measureCorrelation } from '../measure-correlation.ts';
import { groupCells } from './group-cells.ts';
import { relateToClasses, relateToNumbers } from './relate-to-target.ts';
import type { Correlations, TableRelations, TargetRelations } from './table-relations.ts';

/** More columns than this make a picture that nobody reads. */
const mostCorrelated = 40;

const mostClasses = 6;

/**
 * Measure how columns go together, and what each says about the target. Numbers and times are looked
 * at in up to ten groups of about equal size, texts in their ten most frequent values.
 *
 * @param target the column to predict, if there is one.
 * @throws {ColumnNotFoundError} when the target is not there, naming the nearest column.
 */
export function measureRelations(table: Table, target?: string): TableRelations {
  const correlations = correlate(table);
  if (target === undefined) return { correlations };
  return { correlations, target: relateTo(table, target) };
}

function correlate(table: Table): Correlations {
  const numbers = [...table.columns].flatMap(([name, column]) => {
    const isNumber = column.kind === 'numeric' || column.kind === 'integer';
    return isNumber || column.kind === 'boolean' ? [{ name, cells: cellsOf(column) }] : [];
  });
  const shown = numbers.slice(0, mostCorrelated);
  const matrix = shown.map(() => new Array<number | null>(shown.length).fill(null));
  shown.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const correlation = measureCorrelation(
        a.cells as Float64Array,
        shown[j]!.cells as Float64Array,
      );
      matrix[i]![j] = matrix[j]![i] = Number.isNaN(correlation) ? null : correlation;
    }
  });
  return { columns: shown.map(({ name }) => name), matrix };
}

function relateTo(table: Table, name: string): TargetRelations {
  const column = columnNamed(table, name);
  const others = [...table.columns].filter(([other]) => other !== name);
  const byStrength = (relations: TargetRelations['columns']) =>
    relations.toSorted((a, b) => (b.strength ?? -1) - (a.strength ?? -1));
  if (inferTask(column) === 'classification') {
    const classes = groupCells(column, { mostCategories: mostClasses, isCategorical: true });
    const columns = others.map(([other, cells]) => ({
      column: other,
      ...relateToClasses(groupCells(cells, { mostCategories: 10 }), classes),
    }));
    const labels = classes.labels.slice(0, classes.presentCount);
    return { name, classes: labels, columns: byStrength(columns) };
  }
  const values = cellsOf(column) as Float64Array;
  const columns = others.map(([other, cells]) => ({
    column: other,
    ...relateToNumbers(groupCells(cells, { mostCategories: 10 }), values),
  }));
  return { name, columns: byStrength(columns) };
}
