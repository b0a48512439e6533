import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Column,
  RowOutOfRangeError,
  cellValue,
  columnLength,
  countMissing,
  createTable,
  createTextColumn,
  isMissing,
  takeCells,
} from '../src/index.ts';

/** One column of each kind: a value, a missing cell, another value. */
const columns: Record<Column['kind'], { column: Column; cells: unknown[] }> = {
  numeric: {
    column: { kind: 'numeric', values: Float64Array.of(1.5, NaN, -Infinity) },
    cells: [1.5, null, -Infinity],
  },
  integer: {
    column: { kind: 'integer', values: Float64Array.of(0, NaN, -7) },
    cells: [0, null, -7],
  },
  boolean: {
    column: { kind: 'boolean', values: Uint8Array.of(0, 255, 1) },
    cells: [false, null, true],
  },
  categorical: {
    column: { kind: 'categorical', codes: Int32Array.of(1, -1, 0), dictionary: ['b', 'a'] },
    cells: ['a', null, 'b'],
  },
  text: { column: { kind: 'text', values: ['', null, 'long'] }, cells: ['', null, 'long'] },
  timestamp: {
    column: { kind: 'timestamp', values: Float64Array.of(0, NaN, 86_400_000) },
    cells: [0, null, 86_400_000],
  },
};
const cases = Object.values(columns);

function cellsOf(column: Column): unknown[] {
  return Array.from({ length: columnLength(column) }, (_, row) => cellValue(column, row));
}

describe.each(cases)('a $column.kind column', ({ column, cells }) => {
  it('gives its cells as plain values, null where missing', () => {
    expect(cellsOf(column)).toEqual(cells);
    expect(cells.map((_, row) => isMissing(column, row))).toEqual([false, true, false]);
  });

  it('counts its missing cells', () => {
    expect(countMissing(column)).toBe(1);
  });

  it('takes cells in the order asked for, a row more than once, and stays as it was', () => {
    const taken = takeCells(column, Int32Array.of(2, 1, 2, 0));
    expect(taken.kind).toBe(column.kind);
    expect(cellsOf(taken)).toEqual([cells[2], cells[1], cells[2], cells[0]]);
    expect(cellsOf(column)).toEqual(cells);
  });

  it('throws TABLE_ROW_OUT_OF_RANGE rather than make up a cell', () => {
    const take = () => takeCells(column, Int32Array.of(0, 3));
    expect(take).toThrow(RowOutOfRangeError);
    expect(take).toThrow('There is no row 3: the table has rows 0 to 2.');
    expect(() => takeCells(column, Int32Array.of(-1))).toThrow('There is no row -1');
    expect(() => takeCells(takeCells(column, Int32Array.of()), Int32Array.of(0))).toThrow('empty');
  });
});

describe('createTextColumn', () => {
  it('makes its texts when they are read, once, and is as long as they are before', () => {
    let reads = 0;
    const column = createTextColumn(3, () => {
      reads++;
      return ['a', null, 'c'];
    });
    expect(columnLength(column)).toBe(3);
    expect(createTable([['text', column]]).rowCount).toBe(3);
    expect(reads).toBe(0);
    expect(cellValue(column, 2)).toBe('c');
    expect(countMissing(column)).toBe(1);
    expect(structuredClone(column)).toEqual({ kind: 'text', values: ['a', null, 'c'] });
    expect(columnLength({ ...column })).toBe(3);
    expect(reads).toBe(1);
  });
});

describe('takeCells', () => {
  it('taken twice is the same as taken by composed rows', () => {
    const row = fc.integer({ min: 0, max: 2 });
    fc.assert(
      fc.property(
        fc.constantFrom(...cases),
        fc.array(row, { minLength: 3, maxLength: 8 }),
        fc.array(row, { maxLength: 8 }),
        ({ column }, first, second) => {
          const twice = takeCells(
            takeCells(column, Int32Array.from(first)),
            Int32Array.from(second),
          );
          const once = takeCells(
            column,
            Int32Array.from(second, (i) => first[i]!),
          );
          expect(cellsOf(twice)).toEqual(cellsOf(once));
        },
      ),
      { seed: 1 },
    );
  });
});
