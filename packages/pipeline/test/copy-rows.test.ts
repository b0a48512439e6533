import { cellValue, createTable, rowAt, sliceRows } from '@gnu-mlops/core';
import {
  type ByteSink,
  createSampleTable,
  digestTable,
  querySource,
  readTable,
  sampleSource,
  writeTable,
} from '@gnu-mlops/data';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyRows, fitRecipeOnSource, readFirstRows, transformSource } from '../src/index.ts';

const { table, target } = createSampleTable({ kind: 'churn', rows: 3000, seed: 11 });
const endless = {
  from: querySource({ sql: 'SELECT range AS i FROM range(1e15::BIGINT)', tables: {} }),
};

/** Bytes in memory, and what became of them. */
function memoryOutput(name: string) {
  const pieces: Buffer[] = [];
  const seen = { state: 'unopened', bytes: () => Buffer.concat(pieces) };
  const sink: ByteSink = {
    write: async (chunk) => void pieces.push(Buffer.from(chunk as Uint8Array)),
    commit: async () => void (seen.state = 'committed'),
    abort: async () => void (seen.state = seen.state === 'open' ? 'aborted' : seen.state),
  };
  const open = async () => {
    seen.state = 'open';
    return sink;
  };
  return { output: { name, open }, seen };
}

describe('copyRows', () => {
  it.each(['csv', 'jsonl', 'parquet', 'arrow'])(
    'writes the rows of a file to another in .%s, with the same digest',
    async (ending) => {
      const folder = temporaryFolder();
      const [path, output] = [join(folder, 'a.csv'), join(folder, `b.${ending}`)];
      await writeTable(path, table);
      const copied = await copyRows({ source: { path }, output });
      const columns = [...table.columns.keys()];
      expect(copied).toEqual({ rowCount: 3000, columns, skippedRowCount: 0 });
      expect(digestTable((await readTable(output)).table)).toBe(digestTable(table));
    },
  );

  it('writes the columns where there are no rows', async () => {
    const folder = temporaryFolder();
    const [path, output] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    writeFileSync(path, 'a,b\n');
    const from = querySource({ sql: 'SELECT 1 AS a, 2 AS b LIMIT 0', tables: {} });
    for (const source of [{ path }, { from }]) {
      const copied = await copyRows({ source, output });
      expect(copied).toEqual({ rowCount: 0, columns: ['a', 'b'], skippedRowCount: 0 });
      expect([...(await readTable(output)).table.columns.keys()]).toEqual(['a', 'b']);
    }
  });

  it('counts the rows that were left out, of the tables of a query, too', async () => {
    const folder = temporaryFolder();
    const [path, output] = [join(folder, 'a.csv'), join(folder, 'b.csv')];
    writeFileSync(path, 'a,b\n1,2\n3\n4,5\n6,7,8\n');
    const files = { onRaggedRow: 'skip' } as const;
    const sql = 'SELECT x.a FROM x JOIN y ON x.a = y.a';
    const from = querySource({ sql, tables: { x: path, y: path }, files });
    const plain = { path, ...files };
    expect(await copyRows({ source: plain, output })).toMatchObject({ skippedRowCount: 2 });
    expect(await copyRows({ source: { from }, output })).toMatchObject({ skippedRowCount: 4 });
    expect(await readFirstRows(plain, 1)).toMatchObject({ skippedRowCount: 2 });
    expect(await readFirstRows({ from }, 1)).toMatchObject({ skippedRowCount: 4 });
    expect((await readTable(from)).skippedRows).toEqual({ count: 4, lines: [3, 5, 3, 5] });
  });

  it('writes to any place that takes bytes', async () => {
    const { output, seen } = memoryOutput('far://a.csv');
    const from = querySource({ sql: 'SELECT 1 AS a, true AS b', tables: {} });
    await copyRows({ source: { from }, output });
    expect([seen.state, seen.bytes().toString()]).toEqual(['committed', 'a,b\n1,true\n']);
  });

  it('stops when its signal aborts, and nothing is written', async () => {
    const folder = temporaryFolder();
    const signal = AbortSignal.timeout(300);
    const output = join(folder, 'a.csv');
    await expect(copyRows({ source: endless, output }, { signal })).rejects.toBeDefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('readFirstRows', () => {
  it('reads no more of a query than is asked for, and says whether there is more', async () => {
    const { table: first, hasMore } = await readFirstRows(endless, 3);
    expect([first.rowCount, hasMore, rowAt(first, 2)]).toEqual([3, true, { i: 2 }]);
    const few = { from: querySource({ sql: 'SELECT 1 AS a', tables: {} }) };
    expect(await readFirstRows(few, 1)).toMatchObject({ hasMore: false, table: { rowCount: 1 } });
    expect(await readFirstRows(few, 0)).toMatchObject({ hasMore: true, table: { rowCount: 0 } });
  });

  it('asks a source that can tell its first rows for no others', async () => {
    const skippedRows = { count: 0, lines: [] };
    const from = {
      ...sampleSource({ kind: 'churn', rows: 10, seed: 1 }),
      read: () => Promise.reject(new Error('all rows are read')),
      readFirst: async (mostRows: number) => ({
        table: sliceRows(table, 0, mostRows),
        skippedRows,
      }),
    };
    expect(await readFirstRows({ from }, 3)).toMatchObject({
      hasMore: true,
      table: { rowCount: 3 },
    });
  });

  it('keeps the types that somebody named', async () => {
    const from = querySource({ sql: 'SELECT 7 AS id', tables: {} });
    const read = await readFirstRows({ from, columnTypes: { id: 'string' } }, 5);
    expect(cellValue(read.table.columns.get('id')!, 0)).toBe('7');
  });
});

describe('transformSource to another place', () => {
  it('stops when its signal aborts, drops what was written and lets go of the source', async () => {
    const path = join(temporaryFolder(), 'a.csv');
    await writeTable(path, table);
    const { recipe } = await fitRecipeOnSource({
      source: { path },
      target,
      recipe: { for: 'trees' },
    });
    const { output, seen } = memoryOutput('far://a.parquet');
    const controller = new AbortController();
    const opened = { ...output, open: () => output.open().finally(() => controller.abort()) };
    const request = { source: { path }, recipe, output: opened };
    await expect(
      transformSource(request, { batchRows: 100, signal: controller.signal }),
    ).rejects.toBeDefined();
    expect(seen.state).toBe('aborted');
  });

  it('has as many columns as a recipe makes, however many', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'a.csv');
    const codes = Array.from({ length: 4000 }, (_, row) => `code ${row % 800}`);
    await writeTable(path, createTable([['code', { kind: 'text', values: codes }]]));
    const recipe = {
      steps: [{ kind: 'one_hot', columns: ['code'], unknown: 'ignore' }],
    } as const;
    const fitted = await fitRecipeOnSource({ source: { path }, recipe });
    const output = join(folder, 'b.parquet');
    await transformSource({ source: { path }, recipe: fitted.recipe, output });
    const { table: read } = await readTable(output);
    expect([read.rowCount, read.columns.size]).toEqual([4000, 800]);
  });
});
