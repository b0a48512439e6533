import {
  type Column,
  type Table,
  columnNamed,
  createTable,
  takeColumns,
  takeRows,
} from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTableDigest, digestTable } from '../src/digest-table.ts';
import { openCsv } from '../src/open-csv.ts';
import { readCsv } from '../src/read-csv.ts';
import { createSampleTable } from '../src/sample/create-sample-table.ts';
import { writeCsv } from '../src/write-csv.ts';

const numeric = (...values: number[]): Column => ({
  kind: 'numeric',
  values: Float64Array.from(values),
});

/** Tables of a numeric, a text and a boolean column. */
const tables = fc
  .array(
    fc.tuple(
      fc.oneof(fc.double(), fc.integer()),
      fc.option(fc.string({ maxLength: 4 })),
      fc.constantFrom(0, 1, 255),
    ),
    { minLength: 1, maxLength: 20 },
  )
  .map((rows) =>
    createTable([
      ['n', numeric(...rows.map(([n]) => n))],
      ['s', { kind: 'text', values: rows.map(([, s]) => s) }],
      ['b', { kind: 'boolean', values: Uint8Array.from(rows, ([, , b]) => b) }],
    ]),
  );

describe('digestTable', () => {
  it('is the same for every order of the rows', () => {
    fc.assert(
      fc.property(
        tables.chain((table) => {
          const rows = Array.from({ length: table.rowCount }, (_, row) => row);
          return fc.tuple(
            fc.constant(table),
            fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length }),
          );
        }),
        ([table, order]) => {
          expect(digestTable(takeRows(table, order))).toBe(digestTable(table));
        },
      ),
      { seed: 14, numRuns: 1000 },
    );
  });

  it('is the same however the rows are cut into pieces, and whatever the order of columns', () => {
    fc.assert(
      fc.property(tables, fc.nat({ max: 20 }), (table, cut) => {
        const rows = Array.from({ length: table.rowCount }, (_, row) => row);
        const digest = createTableDigest();
        digest.add(takeRows(table, rows.slice(cut)));
        digest.add(takeRows(table, rows.slice(0, cut)));
        expect(digest.format()).toBe(digestTable(table));
        expect(digestTable(takeColumns(table, ['b', 'n', 's']))).toBe(digestTable(table));
      }),
      { seed: 15, numRuns: 500 },
    );
  });

  it('is different when one cell is', () => {
    fc.assert(
      fc.property(
        tables.chain((table) =>
          fc.tuple(fc.constant(table), fc.nat({ max: table.rowCount - 1 }), fc.double()),
        ),
        ([table, row, value]) => {
          const column = columnNamed(table, 'n');
          const values = column.kind === 'numeric' ? column.values : expect.fail();
          const isSame =
            values[row] === value || (Number.isNaN(values[row]) && Number.isNaN(value));
          fc.pre(!isSame);
          const changed = new Map(table.columns).set('n', numeric(...values.with(row, value)));
          expect(digestTable(createTable(changed))).not.toBe(digestTable(table));
        },
      ),
      { seed: 16, numRuns: 1000 },
    );
  });

  it('is different for a row more, a row less, and for how often a row occurs', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const rows = Array.from({ length: table.rowCount }, (_, row) => row);
        const digests = [
          rows,
          rows.slice(1),
          [...rows, 0],
          [...rows, 0, 0],
          [...rows, 0, 0, 0],
        ].map((taken) => digestTable(takeRows(table, taken)));
        expect(new Set(digests).size).toBe(digests.length);
      }),
      { seed: 17, numRuns: 500 },
    );
  });

  it('is different for other names, for swapped values and for values in another row', () => {
    const digests = [
      createTable([
        ['a', numeric(1, 2)],
        ['b', numeric(3, 4)],
      ]),
      createTable([
        ['a', numeric(1, 2)],
        ['c', numeric(3, 4)],
      ]),
      createTable([
        ['b', numeric(1, 2)],
        ['a', numeric(3, 4)],
      ]),
      createTable([
        ['a', numeric(1, 2)],
        ['b', numeric(4, 3)],
      ]),
      createTable([['a', numeric(1, 2)]]),
      createTable([
        ['a', numeric()],
        ['b', numeric()],
      ]),
      createTable([['a', numeric()]]),
    ].map(digestTable);
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('tells the families of values apart, and missing from all of them', () => {
    const columns: Column[] = [
      numeric(1),
      { kind: 'boolean', values: Uint8Array.of(1) },
      { kind: 'timestamp', values: Float64Array.of(1) },
      { kind: 'text', values: ['1'] },
      { kind: 'text', values: [''] },
      numeric(0),
      numeric(NaN),
    ];
    const digests = columns.map((column) => digestTable(createTable([['x', column]])));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it.each<[string, Column, Column]>([
    ['integer and numeric', numeric(1, 2), { kind: 'integer', values: Float64Array.of(1, 2) }],
    [
      'text and categorical, in whatever order of categories',
      { kind: 'text', values: ['b', null, 'a'] },
      { kind: 'categorical', codes: Int32Array.of(1, -1, 0), dictionary: ['a', 'b', 'unused'] },
    ],
    ['0 and -0', numeric(0), numeric(-0)],
    ['nothing but missing cells', numeric(NaN, NaN), { kind: 'text', values: [null, null] }],
  ])('does not tell %s apart', (_, a, b) => {
    expect(digestTable(createTable([['x', a]]))).toBe(digestTable(createTable([['x', b]])));
  });

  it('is the same for a table, its file, and the chunks of its file', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const { table } = createSampleTable({ kind: 'churn', rows: 500, seed: 3 });
    await writeCsv(path, table);
    const { table: read, schema } = await readCsv(path);
    const signature = schema.map(({ name, type }) => ({ name, type, required: true }));
    const digest = createTableDigest();
    for await (const chunk of await openCsv(path, { signature, batchRows: 77 })) {
      digest.add(chunk.table);
    }
    expect(digestTable(read)).toBe(digestTable(table));
    expect(digest.format()).toBe(digestTable(table));
  });

  it('stays the same over versions', () => {
    const table: Table = createTable([
      ['n', numeric(1, -2.5, NaN)],
      ['b', { kind: 'boolean', values: Uint8Array.of(0, 1, 255) }],
      ['s', { kind: 'text', values: ['é😀', '', null] }],
      ['t', { kind: 'timestamp', values: Float64Array.of(0, 1e12, NaN) }],
    ]);
    expect(digestTable(table)).toBe('e637e7df9ffaa4e3');
    expect(digestTable(createTable([]))).toBe('7c0c642d68211f72');
  });
});
