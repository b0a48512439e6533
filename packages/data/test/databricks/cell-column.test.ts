import { describe, expect, test } from 'vitest';
import { cellValue } from '@gnu-mlops/core';
import { cellColumn } from '../../src/databricks/cell-column.ts';

function column(
  type: string,
  cells: readonly unknown[],
  {
    numbers = 'free',
    precision = 0,
  }: { numbers?: 'free' | 'text' | 'number'; precision?: number } = {},
) {
  const typeText = type === 'DECIMAL' ? `DECIMAL(${precision},2)` : type;
  const found = cellColumn(cells, {
    source: 'main.sales.orders',
    column: { name: 'x', type, typeText, precision },
    numbers,
  });
  return { kind: found.kind, cells: cells.map((_, row) => cellValue(found, row)) };
}

describe('whole numbers', () => {
  test('are integers up to 2^53 - 1, and text with every digit beyond', () => {
    expect(column('BIGINT', [1, null, 9007199254740991n])).toEqual({
      kind: 'integer',
      cells: [1, null, 9007199254740991],
    });
    expect(column('BIGINT', [1, null, -9223372036854775808n])).toEqual({
      kind: 'categorical',
      cells: ['1', null, '-9223372036854775808'],
    });
  });

  test('throw DATA_DATABRICKS_PRECISION where the driver has rounded them', () => {
    for (const rounded of [2 ** 53, Infinity]) {
      expect(() => column('BIGINT', [1, rounded])).toThrow(
        expect.objectContaining({ code: 'DATA_DATABRICKS_PRECISION', column: 'x' }),
      );
    }
  });
});

describe('decimals', () => {
  test.each([
    ['123456789012345', 'numeric'],
    ['-0.00000123456789012345', 'numeric'],
    ['1250.000000000000000000', 'numeric'],
    ['1200000000000000000', 'numeric'],
    ['1234567890123456', 'categorical'],
    ['0.1234567890123456', 'categorical'],
  ])('%s become %s', (text, kind) => {
    expect(column('DECIMAL', [text], { precision: 38 }).kind).toBe(kind);
  });

  test('throw DATA_DATABRICKS_PRECISION where the driver has rounded them, unless asked to', () => {
    const cells = [12345678901234567890.12];
    expect(() => column('DECIMAL', cells, { precision: 30 })).toThrow(
      expect.objectContaining({ code: 'DATA_DATABRICKS_PRECISION', type: 'DECIMAL(30,2)' }),
    );
    expect(column('DECIMAL', cells, { precision: 30, numbers: 'number' }).cells).toEqual(cells);
    expect(column('DECIMAL', [12.5], { precision: 10 }).cells).toEqual([12.5]);
  });
});

test('times are milliseconds from 1970, whatever they come as', () => {
  const ms = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
  expect(column('TIMESTAMP', [new Date(ms), ms, '2026-02-03 04:05:06.789', null])).toEqual({
    kind: 'timestamp',
    cells: [ms, ms, ms, null],
  });
});

test('a column of VOID has missing cells only', () => {
  expect(column('VOID', [null, null])).toEqual({ kind: 'numeric', cells: [null, null] });
});

test.each(['BINARY', 'ARRAY', 'MAP', 'STRUCT', 'UNKNOWN'])('refuses %s by name', (type) => {
  expect(() => column(type, ['{}'])).toThrow(
    expect.objectContaining({ code: 'DATA_COLUMN_NESTED', column: 'x' }),
  );
});
