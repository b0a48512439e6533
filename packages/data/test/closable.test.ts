import { type ColumnSpec, type Table, createTable } from '@gnu-mlops/core';
import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closable } from '../src/closable.ts';
import { fileSource } from '../src/file-source.ts';
import { writeTable } from '../src/open-table-writer.ts';
import { partsSource } from '../src/parts-source.ts';
import { querySource } from '../src/duckdb/query-source.ts';
import { openTable } from '../src/read-table.ts';
import type { TableStream } from '../src/table-source.ts';

const rowCount = 60_000;
const signature: readonly ColumnSpec[] = [
  { name: 'n', type: 'double', required: true },
  { name: 'text', type: 'string', required: true },
];
const names = ['a.csv', 'a.csv.gz', 'a.jsonl', 'a.jsonl.gz', 'a.parquet', 'a.arrow', 'a.arrows'];
const batchRows = 1000;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gnu-mlops-test-'));
  const n = Float64Array.from({ length: rowCount }, (_, row) => row + 0.123456789);
  const texts = Array.from(n, (value) => `the text of row ${Math.sin(value)}`);
  const table = createTable([
    ['n', { kind: 'numeric', values: n }],
    ['text', { kind: 'text', values: texts }],
  ]);
  for (const name of names) await writeTable(join(folder, name), table);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function open(name: string): Promise<TableStream> {
  return openTable(join(folder, name), { signature, batchRows });
}

function numbersOf(table: Table): Float64Array {
  return (table.columns.get('n') as { readonly values: Float64Array }).values;
}

describe.each(names)('a stream of %s that is closed', (name) => {
  it.each([0, 3])('while the chunk behind %i others is being read has no more', async (before) => {
    const stream = await open(name);
    const chunks = stream[Symbol.asyncIterator]();
    for (let i = 0; i < before; i++) expect((await chunks.next()).done).toBe(false);
    const next = chunks.next();
    await stream.close();

    expect((await next).done).toBe(true);
    expect((await chunks.next()).done).toBe(true);
  });

  it('while a chunk is used has no more, and none that nobody wrote', async () => {
    const stream = await open(name);
    let rows = 0;
    for await (const { table, firstRow } of stream) {
      expect(numbersOf(table)[0]).toBe(firstRow + 0.123456789);
      rows += table.rowCount;
      if (rows === 2000) await stream.close();
    }
    expect(rows).toBe(2000);
  });
});

describe('a stream that is closed', () => {
  it('while a query is being run leaves it', async () => {
    const sql = 'SELECT a.n, b.text FROM t a, t b WHERE a.n + b.n > 1e9';
    const tables = { t: join(folder, 'a.parquet') };
    const stream = await openTable(querySource({ sql, tables }), { signature, batchRows });
    const next = stream[Symbol.asyncIterator]().next();
    await stream.close();
    expect((await next).done).toBe(true);
  });

  it('reads no other part', async () => {
    const paths = ['a.csv.gz', 'a.csv'].map((name) => join(folder, name));
    const about = { name: 'parts', uri: 'parts', sourceType: 'local' };
    const source = partsSource(about, () => Promise.resolve(paths.map((path) => fileSource(path))));
    const stream = await source.open({ signature, batchRows });
    let rows = 0;
    for await (const { table } of stream) {
      rows += table.rowCount;
      await stream.close();
    }
    expect(rows).toBe(1000);
  });

  it('throws what went wrong where it was aborted, too', async () => {
    const controller = new AbortController();
    async function* numbers() {
      yield 1;
      await new Promise((_, reject) => {
        controller.signal.addEventListener('abort', () =>
          reject(controller.signal.reason as Error),
        );
      });
    }
    const stream = closable(numbers, () => Promise.resolve(), controller.signal);
    const items = stream[Symbol.asyncIterator]();
    await items.next();
    const next = items.next();
    controller.abort(new Error('enough'));
    await stream.close();
    await expect(next).rejects.toThrow('enough');
  });

  it.skipIf(process.platform !== 'linux')('keeps no Parquet file open', async () => {
    const path = join(folder, 'a.parquet');
    for (let pass = 0; pass < 5; pass++) {
      for await (const { table } of await open('a.parquet')) {
        expect(table.rowCount).toBe(1000);
        break;
      }
    }
    const isOpen = (fd: string) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`) === path;
      } catch {
        return false;
      }
    };
    expect(readdirSync('/proc/self/fd').filter(isOpen)).toEqual([]);
  });
});
