import { type Column, type Table, createTable } from '@gnu-mlops/core';

/** Memory in which one table at a time goes to another thread. */
export interface TableLoan {
  /** The table with its arrays in that memory, where the table before it was. */
  put(table: Table): Table;
}

/**
 * Start without memory. It is shared, not sent: a copy made by a message would be allocated by the other
 * thread and freed by its collector, and such memory of ever new threads and sizes is slow to come back.
 */
export function createTableLoan(): TableLoan {
  let memory = new SharedArrayBuffer(0);
  return {
    put(table) {
      const columns = [...table.columns];
      const bytes = columns.reduce((sum, [, column]) => sum + bytesOf(column), 0);
      if (memory.byteLength < bytes) memory = new SharedArrayBuffer(Math.ceil(bytes * spare));
      let at = 0;
      const lent = columns.map(([name, column]) => {
        const copy = copyInto(memory, at, column);
        at += bytesOf(column);
        return [name, copy] as const;
      });
      return createTable(lent, table.rowCount);
    },
  };
}

/** Tables of a file differ little in size. */
const spare = 1.1;
const wordBytes = 8;

/** What a column's array takes, up to where the next one may begin. */
function bytesOf(column: Column): number {
  if (column.kind === 'text') return 0;
  const { byteLength } = column.kind === 'categorical' ? column.codes : column.values;
  return Math.ceil(byteLength / wordBytes) * wordBytes;
}

function copyInto(memory: SharedArrayBuffer, at: number, column: Column): Column {
  switch (column.kind) {
    case 'text':
      return column;
    case 'categorical': {
      const codes = new Int32Array(memory, at, column.codes.length);
      codes.set(column.codes);
      return { ...column, codes };
    }
    case 'boolean': {
      const values = new Uint8Array(memory, at, column.values.length);
      values.set(column.values);
      return { ...column, values };
    }
    default: {
      const values = new Float64Array(memory, at, column.values.length);
      values.set(column.values);
      return { ...column, values };
    }
  }
}
