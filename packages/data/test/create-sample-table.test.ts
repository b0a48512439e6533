import { type Table, columnNamed, countMissing, rowAt, takeRows } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestTable } from '../src/digest-table.ts';
import { readCsv } from '../src/read-csv.ts';
import { SAMPLE_TABLE_KINDS, createSampleTable } from '../src/sample/create-sample-table.ts';
import { writeCsv } from '../src/write-csv.ts';

const rowsOf = (table: Table) =>
  Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row));

function numbersIn(table: Table, name: string): Float64Array {
  const column = columnNamed(table, name);
  return column.kind === 'numeric' || column.kind === 'integer' ? column.values : expect.fail(name);
}

describe.each(SAMPLE_TABLE_KINDS)('createSampleTable of kind %s', (kind) => {
  it('makes the same bytes of the same seed, and others of another', async () => {
    const folder = temporaryFolder();
    const bytesOf = async (seed: number) => {
      const path = join(folder, 'sample.csv');
      await writeCsv(path, createSampleTable({ kind, rows: 200, seed }).table);
      return readFileSync(path, 'utf8');
    };
    expect(await bytesOf(7)).toBe(await bytesOf(7));
    expect(await bytesOf(8)).not.toBe(await bytesOf(7));
  });

  it('begins larger tables with the rows of smaller ones', () => {
    const { table } = createSampleTable({ kind, rows: 60, seed: 1 });
    const larger = createSampleTable({ kind, rows: 300, seed: 1 }).table;
    const first = Array.from({ length: 60 }, (_, row) => row);
    expect(digestTable(takeRows(larger, first))).toBe(digestTable(table));
  });

  it('makes a table that a CSV file gives back with the same kinds and values', async () => {
    const path = join(temporaryFolder(), 'sample.csv');
    const { table, target } = createSampleTable({ kind, rows: 1000, seed: 5 });
    await writeCsv(path, table);
    const { table: read } = await readCsv(path);
    const kindsOf = ({ columns }: Table) =>
      [...columns].map(([name, column]) => [name, column.kind]);
    expect(kindsOf(read)).toEqual(kindsOf(table));
    expect(digestTable(read)).toBe(digestTable(table));
    expect(countMissing(columnNamed(table, target))).toBe(0);
  });

  it.each([
    ['rows', { rows: 0, seed: 1 }],
    ['rows', { rows: 1.5, seed: 1 }],
    ['seed', { rows: 1, seed: NaN }],
  ])('throws DATA_OPTION_INVALID for %s out of range', (option, options) => {
    expect(() => createSampleTable({ kind, ...options })).toThrow(
      expect.objectContaining({ code: 'DATA_OPTION_INVALID', option }),
    );
  });
});

describe('createSampleTable', () => {
  const customers = createSampleTable({ kind: 'churn', rows: 20_000, seed: 42 }).table;

  it('has about 27 % of the customers leave', () => {
    const left = rowsOf(customers).filter((row) => row['churn'] === 'Yes').length;
    expect(left / customers.rowCount).toBeGreaterThan(0.255);
    expect(left / customers.rowCount).toBeLessThan(0.285);
  });

  it('gives every customer an identifier of its own', () => {
    const column = columnNamed(customers, 'customer_id');
    expect(column.kind === 'text' && new Set(column.values).size).toBe(20_000);
  });

  it('has total charges near tenure times monthly charges, missing for new customers', () => {
    const tenure = numbersIn(customers, 'tenure_months');
    const monthly = numbersIn(customers, 'monthly_charges');
    const total = numbersIn(customers, 'total_charges');
    for (const [row, months] of tenure.entries()) {
      if (months === 0) expect(total[row]).toBeNaN();
      else if (!Number.isNaN(total[row])) {
        expect(Math.abs(total[row]! / (months * monthly[row]!) - 1)).toBeLessThan(0.2);
      }
    }
    const missing = countMissing(columnNamed(customers, 'total_charges'));
    expect(missing).toBeGreaterThan(tenure.filter((months) => months === 0).length);
    expect(missing / customers.rowCount).toBeLessThan(0.06);
  });

  it('has signal: customers with monthly contracts leave far more often than those with long ones', () => {
    const shareOf = (contract: string) => {
      const rows = rowsOf(customers).filter((row) => row['contract'] === contract);
      return rows.filter((row) => row['churn'] === 'Yes').length / rows.length;
    };
    expect(shareOf('Month-to-month')).toBeGreaterThan(0.35);
    expect(shareOf('Two year')).toBeLessThan(0.05);
  });

  it('has three states of machines, half of them healthy', () => {
    const { table, target } = createSampleTable({ kind: 'classification', rows: 5000, seed: 1 });
    const counts = Object.groupBy(rowsOf(table), (row) => String(row[target]));
    const shares = ['healthy', 'worn', 'faulty'].map((state) => counts[state]!.length / 5000);
    for (const [i, share] of [0.5, 0.3, 0.2].entries()) expect(shares[i]).toBeCloseTo(share, 1);
  });

  it('throws DATA_OPTION_INVALID naming the kinds there are', () => {
    expect(() => createSampleTable({ kind: 'weather' as never, rows: 1, seed: 1 })).toThrow(
      'The option "kind" must be one of churn, classification, regression.',
    );
  });
});
