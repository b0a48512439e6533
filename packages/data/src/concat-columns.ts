import {
  type Column,
  type ColumnKind,
  cellValue,
  columnLength,
  countMissing,
} from '@gnu-mlops/core';
import { collectBooleans, collectNumbers, collectStrings } from './collect-cells.ts';

/**
 * The kind that cells of all the columns have: whole numbers are numbers too, categories are text
 * too, and a column without a value is of any kind. Undefined where there is none.
 */
export function commonKind(columns: readonly Column[]): ColumnKind | undefined {
  const kinds = new Set(
    columns.filter((column) => countMissing(column) < columnLength(column)).map(({ kind }) => kind),
  );
  if (kinds.size === 0) return columns[0]?.kind;
  if (kinds.size === 1) return [...kinds][0];
  const isOf = (...wanted: ColumnKind[]) => [...kinds].every((kind) => wanted.includes(kind));
  if (isOf('integer', 'numeric')) return 'numeric';
  return isOf('categorical', 'text') ? 'text' : undefined;
}

/** The cells of all columns, one after the other. Each is of `kind`, or of one that it includes. */
export function concatColumns(columns: readonly Column[], kind: ColumnKind): Column {
  switch (kind) {
    case 'boolean': {
      const cells = collectBooleans();
      for (const value of valuesOf(columns)) cells.push(value as boolean | null);
      return cells.finish();
    }
    case 'categorical': {
      const cells = collectStrings();
      for (const value of valuesOf(columns)) cells.push(value as string | null);
      return cells.finish();
    }
    case 'text':
      return { kind, values: [...valuesOf(columns)] as (string | null)[] };
    default: {
      const cells = collectNumbers(kind);
      for (const value of valuesOf(columns)) cells.push((value as number | null) ?? NaN);
      return cells.finish();
    }
  }
}

function* valuesOf(columns: readonly Column[]) {
  for (const column of columns) {
    for (let row = 0, end = columnLength(column); row < end; row++) yield cellValue(column, row);
  }
}
