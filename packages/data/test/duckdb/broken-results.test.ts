import { createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { readTable } from '../../src/read-table.ts';

/** More than DuckDB makes before the first rows are handed out. */
const manyRows = 600_000;
const signature = [{ name: 'v', type: 'double', required: true }] as const;

/** A query of many rows whose late ones are `late`, where `i` is the row. */
function lateQuery(late: string) {
  const sql = `SELECT CASE WHEN i < 400000 THEN i ELSE ${late} END AS v FROM range(${manyRows}) t(i)`;
  return querySource({ sql, tables: {} });
}

describe('a result that breaks off behind its first rows', () => {
  it.each([
    ['a cell that cannot be cast', `(i || 'x')::INTEGER`, /Could not convert string '\d+x'/],
    ['an error of the query’s own', `error('no rate for ' || i)::INTEGER`, /no rate for 4\d+/],
  ])('throws DATA_QUERY_FAILED: %s', async (_, late, words) => {
    const source = lateQuery(late);
    const failure = { code: 'DATA_QUERY_FAILED', message: expect.stringMatching(words) as string };
    await expect(source.read()).rejects.toMatchObject(failure);
    await expect(source.read({ signature })).rejects.toMatchObject(failure);
    const counted = (async () => {
      for await (const { table } of await source.openDeclared!({ batchRows: 5000 })) {
        expect(table.rowCount).toBe(5000);
      }
    })();
    await expect(counted).rejects.toMatchObject(failure);
  });

  it('throws DATA_FILE_DAMAGED for Parquet with a late page that cannot be unpacked', async () => {
    const path = join(temporaryFolder(), 'a.parquet');
    const values = Float64Array.from({ length: manyRows }, (_, row) => Math.sin(row));
    await writeTable(path, createTable([['v', { kind: 'numeric', values }]]));
    const bytes = readFileSync(path);
    const late = Math.floor(bytes.length * 0.9);
    bytes.fill(0xab, late, late + 1000);
    writeFileSync(path, bytes);

    const failure = { code: 'DATA_FILE_DAMAGED' };
    await expect(readTable(path)).rejects.toMatchObject(failure);
    await expect(readTable(path, { signature })).rejects.toMatchObject(failure);
  });

  it('throws the reason of an abort that comes while rows are made', async () => {
    const slow = 'length(md5(repeat(i::VARCHAR, 3000)))';
    const controller = new AbortController();
    const stream = await lateQuery(slow).open({
      signature,
      batchRows: 10_000,
      signal: controller.signal,
    });
    const reading = (async () => {
      for await (const { firstRow } of stream) {
        if (firstRow === 0) setTimeout(() => controller.abort(new Error('enough')), 300);
      }
    })();
    await expect(reading).rejects.toThrow('enough');
  });

  it('gives all rows where nothing goes wrong', async () => {
    const { table } = await lateQuery('i + 1').read({ signature });
    expect(table.rowCount).toBe(manyRows);
  });
});
