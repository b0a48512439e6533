import { type SignatureType, createColumnBuilder } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../src/read-csv.ts';
import { writeInto } from './read-texts.ts';

const types: SignatureType[] = [
  'boolean',
  'integer',
  'long',
  'float',
  'double',
  'string',
  'datetime',
];

/** Texts that are values of some types, or nearly. */
const cells = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\t',
      '\u00a0',
      '\ufeff',
      'NA',
      ' NA ',
      'nan',
      'NaN',
      'None',
      'null',
      'n/a',
      'NANA',
    ],
    ...['true', 'TRUE', 'False', ' true', '1', '0', '01', 'yes', 'tru', 'truee', 'TRUE\u00a0'],
    ...['007', '-0', '+5', '5.', '.5', '1e3', '1e-7', '1E400', 'inf', '-Infinity', '1,5', '0x1'],
    ...['9007199254740991', '9007199254740992', '-9007199254740993', '1.0', '41.50', '--1', '-'],
    ...['12345678901234567890', '0.1234567890123456789', '3.141592653589793', '\u00a07', '٣'],
    ...['2024-02-29', '2023-02-29', '2024-01-01T10:20:30Z', '2024-01-01 10:20', '0050-01-01'],
    ...['2024-01-01T10:20:30.123456789+05:30', '2024', 'a"b', '"', '""', 'x,y', 'two\nlines', 'é'],
  ),
  fc.double({ noNaN: true }).map(String),
  fc.integer().map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.string({ maxLength: 5 }).filter((text) => !text.includes('\0')),
);

describe('createColumnFiller', () => {
  it("makes the column that core's builder makes of the same cells, or fails at the same cell", async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...types),
        fc.array(cells, { maxLength: 6 }),
        fc.boolean(),
        fc.constantFrom(1, 16, 4096),
        async (type, texts, quotes, chunkBytes) => {
          const rows = texts.map((text) => ['', text]);
          const path = writeInto(folder, Papa.unparse([['a', 'x'], ...rows], { quotes }));
          const read = readCsv(path, {
            signature: [{ name: 'x', type, required: true }],
            delimiter: ',',
            chunkBytes,
          });
          const builder = createColumnBuilder({ name: 'x', type });
          const isInvalid = (text: string) => {
            try {
              builder.appendText(text);
              return false;
            } catch {
              return true;
            }
          };
          const invalid = texts.find(isInvalid);
          if (invalid === undefined) {
            expect((await read).table.columns.get('x')).toStrictEqual(builder.finish());
          } else {
            await expect(read).rejects.toMatchObject({
              code: 'DATA_CSV_CELL_INVALID',
              column: 'x',
              message: expect.stringContaining(JSON.stringify(invalid)),
            });
          }
        },
      ),
      { seed: 8, numRuns: 4000 },
    );
  });
});
