import { type Column, type Table, createTable } from '@gnu-mlops/core';

/** Rows `from` to before `to` of a table; numbers and codes share its memory. */
export function sliceTable(table: Table, from: number, to: number): Table {
  const columns = Array.from(
    table.columns,
    ([name, column]) => [name, sliceColumn(column, from, to)] as const,
  );
  return createTable(columns, to - from);
}

function sliceColumn(column: Column, from: number, to: number): Column {
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
