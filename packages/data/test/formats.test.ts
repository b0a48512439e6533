import { type Table, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digestTable } from '../src/digest-table.ts';
import { openTableWriter, writeTable } from '../src/open-table-writer.ts';
import { openTable, readTable } from '../src/read-table.ts';

const names = [
  'a.csv',
  'a.csv.gz',
  'a.tsv',
  'a.jsonl',
  'a.ndjson.gz',
  'a.parquet',
  'a.arrow',
  'a.arrows',
];

/** Every kind of column, with missing cells and values that trip a format. */
const mixed: Table = createTable([
  ['id', { kind: 'integer', values: Float64Array.of(1, NaN, -3, 9007199254740991, 0) }],
  ['amount', { kind: 'numeric', values: Float64Array.of(0.1, -1e-300, NaN, 1e22, 2.5) }],
  ['is "new"', { kind: 'boolean', values: Uint8Array.of(1, 0, 255, 1, 0) }],
  [
    'plan, or none',
    {
      kind: 'categorical',
      codes: Int32Array.of(0, 1, -1, 2, 0),
      dictionary: ['a"b', 'x,y', 'é😀\nz'],
    },
  ],
  [
    'seen',
    {
      kind: 'timestamp',
      values: Float64Array.of(0, 1.5e12 + 0.25, NaN, -86_400_001, 1_600_000_000_123.456),
    },
  ],
]);

const mixedSpecs = [
  { name: 'id', type: 'long', required: true },
  { name: 'amount', type: 'double', required: true },
  { name: 'is "new"', type: 'boolean', required: true },
  { name: 'plan, or none', type: 'string', required: true },
  { name: 'seen', type: 'datetime', required: true },
] as const;

describe.each(names)('%s', (name) => {
  it('gives back every cell, with the same digest as any other format', async () => {
    const path = join(temporaryFolder(), name);
    await writeTable(path, mixed);
    const { table } = await readTable(path);
    expect([...table.columns]).toEqual([...mixed.columns]);
    expect(digestTable(table)).toBe(digestTable(mixed));
  });

  it('comes in chunks of the asked size, in order, with the columns asked for', async () => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    const writer = await openTableWriter(path);
    for (let piece = 0; piece < 3; piece++) {
      const values = Float64Array.from({ length: 2000 }, (_, i) => piece * 2000 + i);
      const other = { kind: 'numeric', values: values.map((value) => value / 7) } as const;
      await writer.write(
        createTable([
          ['row', { kind: 'integer', values }],
          ['other', other],
        ]),
      );
    }
    await writer.commit();
    await writer.abort();
    expect(readdirSync(folder)).toEqual([name]);

    const signature = [{ name: 'row', type: 'double', required: true }] as const;
    const stream = await openTable(path, { signature, batchRows: 1700 });
    expect(stream.header).toEqual(['row', 'other']);
    const seen: number[] = [];
    const sizes: number[] = [];
    for await (const { table, firstRow } of stream) {
      expect(firstRow).toBe(seen.length);
      expect([...table.columns.keys()]).toEqual(['row']);
      const column = table.columns.get('row')!;
      expect(column.kind).toBe('numeric');
      seen.push(...(column.kind === 'numeric' ? column.values : []));
      sizes.push(table.rowCount);
    }
    expect(sizes).toEqual([1700, 1700, 1700, 900]);
    expect(seen).toEqual(Array.from({ length: 6000 }, (_, i) => i));
  });

  it('conforms to a signature as text does, and names row and column of what does not', async () => {
    const path = join(temporaryFolder(), name);
    await writeTable(path, mixed);
    const { table } = await readTable(path, { signature: mixedSpecs });
    expect([...table.columns]).toEqual([...mixed.columns]);
    const wrong = [{ name: 'plan, or none', type: 'double', required: true }] as const;
    await expect(readTable(path, { signature: wrong })).rejects.toMatchObject({
      column: 'plan, or none',
      message: expect.stringContaining('a\\"b'),
    });
  });

  it('names the nearest column where a required one is absent', async () => {
    const path = join(temporaryFolder(), name);
    await writeTable(path, mixed);
    const signature = [{ name: 'amonut', type: 'double', required: true }] as const;
    await expect(readTable(path, { signature })).rejects.toMatchObject({
      code: 'DATA_COLUMN_MISSING',
      message: expect.stringContaining('"amount"'),
    });
    await expect(openTable(path, { signature, batchRows: 10 })).rejects.toMatchObject({
      code: 'DATA_COLUMN_MISSING',
    });
  });

  it('says that a file is not there, by its path', async () => {
    const path = join(temporaryFolder(), name);
    await expect(readTable(path)).rejects.toMatchObject({ code: 'DATA_FILE_NOT_FOUND', path });
    const nowhere = join(temporaryFolder(), 'no', name);
    await expect(writeTable(nowhere, mixed)).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_FOUND',
    });
  });

  it('leaves nothing behind of a table that is not committed', async () => {
    const folder = temporaryFolder();
    const writer = await openTableWriter(join(folder, name));
    await writer.write(mixed);
    await writer.abort();
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('packs what is called .gz', async () => {
  const path = join(temporaryFolder(), 'a.csv.gz');
  await writeTable(path, mixed);
  expect(gunzipSync(readFileSync(path)).toString()).toMatch(/^id,amount,/);
});

it('throws DATA_FORMAT_UNKNOWN listing the endings it knows, unless told the format', async () => {
  const path = join(temporaryFolder(), 'a.dat');
  await expect(readTable(path)).rejects.toMatchObject({
    code: 'DATA_FORMAT_UNKNOWN',
    message: expect.stringContaining('.parquet'),
  });
  await writeTable(path, mixed, { format: 'jsonl' });
  expect((await readTable(path, { format: 'jsonl' })).table.rowCount).toBe(5);
});
