import { createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { querySource } from '../../src/duckdb/query-source.ts';
import { fileSource } from '../../src/file-source.ts';
import { writeTable } from '../../src/open-table-writer.ts';
import { removeStaleTemporaryFiles } from '../../src/remove-stale-temporary-files.ts';
import { temporaryName } from '../../src/temporary-name.ts';

const mebibyte = 2 ** 20;
const rows = 50_000;
const texts = createTable([
  [
    'text',
    {
      kind: 'text',
      values: Array.from({ length: rows }, (_, row) => `${row * 7919}`.padEnd(100, 'x')),
    },
  ],
]);
const exceeded = (memoryLimitBytes: number) => ({
  code: 'DATA_MEMORY_EXCEEDED',
  memoryLimitBytes,
  message: expect.stringMatching(/memory_limit_mb.*threads.*spill/s) as string,
});

function spills(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes('spill'));
}

describe('DuckDB with too little memory', () => {
  it('throws DATA_MEMORY_EXCEEDED for a Parquet file, which is not damaged', async () => {
    const path = join(temporaryFolder(), 'texts.parquet');
    await writeTable(path, texts);
    const source = fileSource(path, { memoryLimitBytes: mebibyte });
    await expect(source.read()).rejects.toMatchObject({ ...exceeded(mebibyte), source: path });
    expect((await fileSource(path).read()).table.rowCount).toBe(rows);
  });

  it('throws DATA_MEMORY_EXCEEDED for a query, which is not wrong', async () => {
    const sql = 'SELECT i, count(*) FROM range(3000000) t(i) GROUP BY i ORDER BY i';
    const memoryLimitBytes = 24 * mebibyte;
    const source = querySource({ sql, tables: {}, memoryLimitBytes, threads: 1 });
    await expect(source.read()).rejects.toMatchObject(exceeded(memoryLimitBytes));
  });

  it('finishes the same query where it may spill to a folder, and leaves nothing there', async () => {
    const spillFolder = temporaryFolder();
    const sql =
      'SELECT sum(n)::DOUBLE AS n FROM (SELECT i, count(*) AS n FROM range(3000000) t(i) GROUP BY i ORDER BY i DESC LIMIT 2900000)';
    const limits = { memoryLimitBytes: 48 * mebibyte, threads: 1 };
    await expect(querySource({ sql, tables: {}, ...limits }).read()).rejects.toMatchObject(
      exceeded(limits.memoryLimitBytes),
    );
    const { table } = await querySource({ sql, tables: {}, ...limits, spillFolder }).read();
    expect(table.columns.get('n')).toMatchObject({ values: Float64Array.of(2_900_000) });
    expect(readdirSync(spillFolder)).toEqual([]);
  });
});

it.each([0, 300])(
  'an abort after %i ms ends a query for the reason of its signal',
  async (delayMs) => {
    const controller = new AbortController();
    const sql = 'SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range < b.range';
    const reading = querySource({ sql, tables: {} }).read({ signal: controller.signal });
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason), delayMs);
    await expect(reading).rejects.toBe(reason);
  },
);

it('folders that killed processes spilled to are removed with their files', async () => {
  const folder = temporaryFolder();
  const left = join(folder, temporaryName('spill', '00000000-0000-4000-8000-000000000000'));
  mkdirSync(join(left, 'more'), { recursive: true });
  expect(spills(folder)).toHaveLength(1);
  await removeStaleTemporaryFiles(folder, { now: Date.now() + 1e6, olderThanMs: 1000 });
  expect(spills(folder)).toEqual([]);
});
