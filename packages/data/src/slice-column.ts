import type { Column } from '@gnu-mlops/core';

/** The cells of rows `from` to before `to`; numbers and codes share the column's memory. */
export function sliceColumn(column: Column, from: number, to: number): Column {
  switch (column.kind) {
    case 'numeric':
    case 'integer':
    case 'timestamp':
      return { kind: column.kind, values: column.values.subarray(from, to) };
    case 'boolean':
      return { kind: column.kind, values: column.values.subarray(from, to) };
    case 'categorical':
      return { ...column, codes: column.codes.subarray(from, to) };
    case 'text':
      return { kind: column.kind, values: column.values.slice(from, to) };
  }
}
