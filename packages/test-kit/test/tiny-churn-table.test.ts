import { columnNamed, countMissing, rowAt } from '@gnu-mlops/core';
import { expect, it } from 'vitest';
import { tinyChurnTable } from '../src/tiny-churn-table.ts';

it('has twelve rows, four of them churned, as its description says', () => {
  const table = tinyChurnTable();
  expect(table.rowCount).toBe(12);
  const rows = Array.from({ length: 12 }, (_, row) => rowAt(table, row));
  const churned = rows.filter(({ churn }) => churn === 'yes');
  expect(churned).toHaveLength(4);
  expect(
    churned.every(({ contract, tenure }) => contract === 'monthly' && Number(tenure) <= 5),
  ).toBe(true);
});

it('misses one cell in each of three columns', () => {
  const table = tinyChurnTable();
  const missing = [...table.columns.keys()].map((name) => countMissing(columnNamed(table, name)));
  expect(missing).toEqual([0, 1, 1, 1, 0]);
  expect(rowAt(table, 2)['charges']).toBeNull();
  expect(rowAt(table, 6)['contract']).toBeNull();
  expect(rowAt(table, 9)['senior']).toBeNull();
});
