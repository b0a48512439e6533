import { type Column, type Table, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { DuckDBInstance } from '@duckdb/node-api';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByteSink } from '../../src/byte-source.ts';
import { digestTable } from '../../src/digest-table.ts';
import { parquetWriter } from '../../src/parquet/parquet-writer.ts';
import { readTable } from '../../src/read-table.ts';

/** A sink that keeps everything, and the sizes of what it is given. */
function memorySink() {
  const pieces: Uint8Array[] = [];
  let state = 'open';
  const sink: ByteSink = {
    async write(chunk) {
      pieces.push(Buffer.from(chunk));
    },
    commit: async () => void (state = 'committed'),
    abort: async () => void (state = state === 'open' ? 'aborted' : state),
  };
  return { sink, pieces, state: () => state };
}

async function writeAll(tables: readonly Table[]): Promise<string> {
  const { sink, pieces, state } = memorySink();
  const writer = parquetWriter(sink);
  for (const table of tables) await writer.write(table);
  await writer.commit();
  expect(state()).toBe('committed');
  const path = join(temporaryFolder(), 'a.parquet');
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

async function ask(sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowsJS() as unknown[][];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function numbers(count: number, valueOf: (row: number) => number): Column {
  return { kind: 'numeric', values: Float64Array.from({ length: count }, (_, i) => valueOf(i)) };
}

describe('parquetWriter', () => {
  it('ends a row group after 122,880 rows, whatever the sizes of the tables', async () => {
    const sizes = [1, 100_000, 7, 4096, 150_000, 3];
    let next = 0;
    const tables = sizes.map((count) => {
      const first = next;
      next += count;
      return createTable([['row', numbers(count, (row) => first + row)]]);
    });
    const path = await writeAll(tables);
    const groups = await ask(
      `SELECT row_group_num_rows, stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('${path}')`,
    );
    expect(groups).toEqual([
      [122_880n, '-0.0', '122879.0', 0n],
      [122_880n, '122880.0', '245759.0', 0n],
      [8347n, '245760.0', '254106.0', 0n],
    ]);
    const { table } = await readTable(path);
    expect(table.columns.get('row')).toEqual(numbers(254_107, (row) => row));
  });

  it('ends a row group early where its columns are too large to hold', async () => {
    const random = () => Math.random();
    const columns = Array.from(
      { length: 120 },
      (_, index) => [`c${index}`, numbers(60_000, random)] as const,
    );
    const path = await writeAll([createTable(columns)]);
    const groups = await ask(
      `SELECT DISTINCT row_group_id, row_group_num_rows, row_group_compressed_bytes FROM parquet_metadata('${path}')`,
    );
    expect(groups.length).toBeGreaterThan(1);
    for (const [, , bytes] of groups) expect(Number(bytes)).toBeLessThan(64 * 2 ** 20);
  });

  it('tells the least and greatest value of every kind, by which others pass over row groups', async () => {
    const table = createTable([
      ['whole', { kind: 'integer', values: Float64Array.of(NaN, -3, 2 ** 53 - 1) }],
      ['real', { kind: 'numeric', values: Float64Array.of(-0.5, NaN, 1e300) }],
      ['zero', { kind: 'numeric', values: Float64Array.of(0, 0, NaN) }],
      ['flag', { kind: 'boolean', values: Uint8Array.of(255, 1, 0) }],
      ['time', { kind: 'timestamp', values: Float64Array.of(1.5e12, -1, NaN) }],
      ['word', { kind: 'categorical', codes: Int32Array.of(0, 1, -1), dictionary: ['z', 'é'] }],
      ['plain', { kind: 'text', values: ['b', null, 'a'] }],
      ['none', { kind: 'numeric', values: Float64Array.of(NaN, NaN, NaN) }],
    ]);
    const path = await writeAll([table]);
    const found = await ask(
      `SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count FROM parquet_metadata('${path}') ORDER BY column_id`,
    );
    expect(found).toEqual([
      ['whole', '-3', '9007199254740991', 1n],
      ['real', '-0.5', '1e+300', 1n],
      ['zero', '-0.0', '0.0', 1n],
      ['flag', 'false', 'true', 1n],
      ['time', '1969-12-31 23:59:59.999', '2017-07-14 02:40:00', 1n],
      ['word', 'z', 'é', 1n],
      ['plain', null, null, 1n],
      ['none', null, null, 3n],
    ]);
    const hits = await ask(`SELECT count(*) FROM '${path}' WHERE zero = 0 AND word >= 'é'`);
    expect(hits).toEqual([[1n]]);
    expect(digestTable((await readTable(path)).table)).toBe(digestTable(table));
  });

  it('takes strings with and without a dictionary in one column', async () => {
    const categorical: Column = {
      kind: 'categorical',
      codes: Int32Array.from({ length: 5000 }, (_, row) => (row % 3) - 1),
      dictionary: ['one', 'two'],
    };
    const text: Column = {
      kind: 'text',
      values: Array.from({ length: 5000 }, (_, row) => (row % 2 === 0 ? `text ${row}` : null)),
    };
    const path = await writeAll([
      createTable([['x', categorical]]),
      createTable([['x', text]]),
      createTable([['x', categorical]]),
    ]);
    const counts = await ask(`SELECT count(*), count(x), count(DISTINCT x) FROM '${path}'`);
    expect(counts).toEqual([[15_000n, 9166n, 2502n]]);
  });

  it('writes a file without rows, and columns whose names are odd', async () => {
    const path = await writeAll([createTable([['é "x", y', numbers(0, () => 0)]])]);
    const { table } = await readTable(path);
    expect([...table.columns.keys()]).toEqual(['é "x", y']);
    expect(table.rowCount).toBe(0);
  });

  it('hands a failure of the sink on, and nothing is committed', async () => {
    const { sink, state } = memorySink();
    const full: ByteSink = { ...sink, write: () => Promise.reject(new Error('no space left')) };
    const writer = parquetWriter(full);
    await expect(writer.write(createTable([['x', numbers(5, () => 1)]]))).rejects.toThrow(
      'no space left',
    );
    await writer.abort();
    expect(state()).toBe('aborted');
  });
});
