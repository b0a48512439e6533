import { describe, expect, it } from 'vitest';
import {
  ColumnDuplicateError,
  ColumnLengthError,
  ColumnNotFoundError,
  RowOutOfRangeError,
  type Column,
  columnNamed,
  createTable,
  dropColumns,
  rowAt,
  takeColumns,
  sliceRows,
  takeRows,
} from '../src/index.ts';

const tenure: Column = { kind: 'integer', values: Float64Array.of(1, NaN, 30) };
const churn: Column = { kind: 'boolean', values: Uint8Array.of(1, 0, 255) };
const table = createTable([
  ['tenure', tenure],
  ['churn', churn],
]);

describe('createTable', () => {
  it('keeps the order of the columns and takes the row count from them', () => {
    expect([...table.columns.keys()]).toEqual(['tenure', 'churn']);
    expect(table.rowCount).toBe(3);
  });

  it('makes a table without columns of as many rows as told', () => {
    expect(createTable([]).rowCount).toBe(0);
    expect(createTable([], 5).rowCount).toBe(5);
  });

  it('throws TABLE_COLUMN_DUPLICATE naming the column', () => {
    const create = () =>
      createTable([
        ['tenure', tenure],
        ['tenure', tenure],
      ]);
    expect(create).toThrow(ColumnDuplicateError);
    expect(create).toThrow('"tenure"');
  });

  it('throws TABLE_COLUMN_LENGTH naming the column and both lengths', () => {
    const short: Column = { kind: 'numeric', values: Float64Array.of(1) };
    const create = () =>
      createTable([
        ['tenure', tenure],
        ['short', short],
      ]);
    expect(create).toThrow(ColumnLengthError);
    expect(create).toThrow('Column "short" has 1 cells where the table has 3 rows.');
    expect(() => createTable([['tenure', tenure]], 4)).toThrow('has 3 cells');
  });
});

describe('columnNamed', () => {
  it('finds a column by its exact name', () => {
    expect(columnNamed(table, 'churn')).toBe(churn);
  });

  it('throws TABLE_COLUMN_NOT_FOUND naming the nearest', () => {
    expect(() => columnNamed(table, 'Churn')).toThrow(ColumnNotFoundError);
    expect(() => columnNamed(table, 'tenur')).toThrow('Did you mean "tenure"?');
    expect(() => columnNamed(table, 'customer')).toThrow(/"customer"\.$/);
  });
});

describe('takeColumns', () => {
  it('takes the named columns in the order asked for', () => {
    expect([...takeColumns(table, ['churn', 'tenure']).columns.keys()]).toEqual([
      'churn',
      'tenure',
    ]);
    expect(takeColumns(table, []).rowCount).toBe(3);
  });

  it('throws for a column that is not there, and for one asked for twice', () => {
    expect(() => takeColumns(table, ['age'])).toThrow(ColumnNotFoundError);
    expect(() => takeColumns(table, ['churn', 'churn'])).toThrow(ColumnDuplicateError);
  });
});

describe('dropColumns', () => {
  it('keeps all others and ignores a name that is not there', () => {
    expect([...dropColumns(table, ['churn', 'age']).columns.keys()]).toEqual(['tenure']);
    expect(dropColumns(table, ['churn', 'tenure']).rowCount).toBe(3);
  });
});

describe('sliceRows', () => {
  it('gives neighbouring rows of every kind, and fewer at the end', () => {
    for (const [from, to] of [
      [0, 2],
      [1, 3],
      [2, 9],
      [3, 5],
    ] as const) {
      const sliced = sliceRows(table, from, to);
      const rows = [0, 1, 2].filter((row) => row >= from && row < to);
      expect(sliced.rowCount).toBe(rows.length);
      expect(rows.map((_, at) => rowAt(sliced, at))).toEqual(rows.map((row) => rowAt(table, row)));
    }
  });
});

describe('takeRows', () => {
  it('takes rows of every column alike, in the order asked for', () => {
    const taken = takeRows(table, [2, 0, 0]);
    expect(taken.rowCount).toBe(3);
    expect([0, 1, 2].map((row) => rowAt(taken, row))).toEqual([
      { tenure: 30, churn: null },
      { tenure: 1, churn: true },
      { tenure: 1, churn: true },
    ]);
  });

  it('takes no rows', () => {
    expect(takeRows(table, []).rowCount).toBe(0);
  });

  it('throws TABLE_ROW_OUT_OF_RANGE', () => {
    expect(() => takeRows(table, [3])).toThrow(RowOutOfRangeError);
  });
});

describe('rowAt', () => {
  it('gives a row as an object, null where missing', () => {
    expect(rowAt(table, 1)).toEqual({ tenure: null, churn: false });
  });

  it('keeps a column that is named like a part of every object', () => {
    const odd = createTable([['__proto__', tenure]]);
    expect(Object.entries(rowAt(odd, 0))).toEqual([['__proto__', 1]]);
  });

  it.each([-1, 3, 0.5, NaN])('throws TABLE_ROW_OUT_OF_RANGE for row %s', (row) => {
    expect(() => rowAt(table, row)).toThrow(RowOutOfRangeError);
  });
});
