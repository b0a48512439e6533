import { type Column, type Table, createTable } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestTable } from '../src/digest-table.ts';
import { readCsv } from '../src/read-csv.ts';
import { writeCsv } from '../src/write-csv.ts';

const mixed: Table = createTable([
  ['n', { kind: 'numeric', values: Float64Array.of(0.1, NaN, -1e-7) }],
  ['i', { kind: 'integer', values: Float64Array.of(1, 2, NaN) }],
  ['b', { kind: 'boolean', values: Uint8Array.of(1, 0, 255) }],
  ['c', { kind: 'categorical', codes: Int32Array.of(0, -1, 1), dictionary: ['x,y', 'z'] }],
  ['t', { kind: 'text', values: ['two\nlines', 'say "hi"', null] }],
  ['at', { kind: 'timestamp', values: Float64Array.of(0, NaN, 86_400_000.25) }],
]);

describe('writeCsv', () => {
  it('writes a header and one row a line, quoted only where needed, missing cells empty', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    await writeCsv(path, mixed);
    expect(readFileSync(path, 'utf8')).toBe(
      'n,i,b,c,t,at\n' +
        '0.1,1,true,"x,y","two\nlines",1970-01-01T00:00:00.000Z\n' +
        ',2,false,,"say ""hi""",\n' +
        '-1e-7,,,z,,1970-01-02T00:00:00.000250000Z\n',
    );
  });

  it('writes what readCsv reads as the same table', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'out.csv');
    const rows = 4;
    const cells = <T>(cell: fc.Arbitrary<T>) =>
      fc.array(cell, { minLength: rows, maxLength: rows });
    const columns = fc.tuple(
      cells(fc.double({ noNaN: false })).map((values): Column => ({
        kind: 'numeric',
        values: Float64Array.from(values),
      })),
      cells(fc.constantFrom(0, 1, 255)).map((values): Column => ({
        kind: 'boolean',
        values: Uint8Array.from(values),
      })),
      cells(
        fc.date({ min: new Date('0100-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      ).map((dates): Column => ({ kind: 'timestamp', values: Float64Array.from(dates, Number) })),
      cells(
        fc.option(
          fc
            .string({ unit: fc.constantFrom(...'x,;"\n\r é'), maxLength: 5 })
            .map((text) => `x${text}`),
        ),
      ).map((values): Column => ({ kind: 'text', values })),
    );
    await fc.assert(
      fc.asyncProperty(columns, fc.constantFrom(',', ';', '\t'), async (drawn, delimiter) => {
        const table = createTable(drawn.map((column, i) => [`c${i}`, column] as const));
        await writeCsv(path, table, { delimiter });
        expect(digestTable((await readCsv(path)).table)).toBe(digestTable(table));
      }),
      { seed: 13, numRuns: 500 },
    );
    expect(readdirSync(folder)).toEqual(['out.csv']);
  });

  it('writes whole numbers that are no integers so that they read back as numbers', async () => {
    const values = Float64Array.from([1, 2 ** 53, -(2 ** 64), 1e20, 1e21, 123456789012345680000]);
    const path = join(temporaryFolder(), 'big.csv');
    await writeCsv(path, createTable([['x', { kind: 'numeric', values }]]));
    expect((await readCsv(path)).table.columns.get('x')).toEqual({ kind: 'numeric', values });
  });

  it('writes a single column with missing cells so that no row is lost', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    await writeCsv(
      path,
      createTable([['x', { kind: 'integer', values: Float64Array.of(1, NaN, 3) }]]),
    );
    expect((await readCsv(path)).table.rowCount).toBe(3);
  });

  it('writes tables larger than one flush', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    const values = Float64Array.from({ length: 100_000 }, (_, i) => i / 8);
    const table = createTable([['x', { kind: 'numeric', values }]]);
    await writeCsv(path, table);
    expect(digestTable((await readCsv(path)).table)).toBe(digestTable(table));
  });

  it('throws DATA_OPTION_INVALID for a delimiter that nobody could read back', async () => {
    const path = join(temporaryFolder(), 'out.csv');
    await expect(writeCsv(path, mixed, { delimiter: '"' })).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
      option: 'delimiter',
    });
  });

  it('throws DATA_FOLDER_NOT_FOUND naming the path', async () => {
    const path = join(temporaryFolder(), 'nowhere', 'out.csv');
    await expect(writeCsv(path, mixed)).rejects.toMatchObject({
      code: 'DATA_FOLDER_NOT_FOUND',
      message: expect.stringContaining(path),
    });
  });
});
