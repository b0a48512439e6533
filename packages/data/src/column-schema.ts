import {
  type Column,
  type ColumnKind,
  type SignatureType,
  type Table,
  columnLength,
  countMissing,
  isMissing,
  signatureType,
} from '@gnu-mlops/core';
import { countDistinct } from './count-distinct.ts';
import { formatCell } from './format-cell.ts';

/** What one column of a table holds. */
export interface ColumnSchema {
  readonly name: string;
  readonly kind: ColumnKind;
  /** As a model signature names it. */
  readonly type: SignatureType;
  readonly missingCount: number;
  /** Different values that are not missing. */
  readonly distinctCount: number;
  /** The first cell that is not missing, as it is written to a CSV file; null where there is none. */
  readonly example: string | null;
}

/** Describe every column of a table, in the table's order. */
export function describeColumns(table: Table): ColumnSchema[] {
  return Array.from(table.columns, ([name, column]) => ({
    name,
    kind: column.kind,
    type: signatureType(column),
    missingCount: countMissing(column),
    distinctCount: countDistinct(column),
    example: firstPresent(column),
  }));
}

function firstPresent(column: Column): string | null {
  for (let row = 0, end = columnLength(column); row < end; row++) {
    if (!isMissing(column, row)) return formatCell(column, row);
  }
  return null;
}
