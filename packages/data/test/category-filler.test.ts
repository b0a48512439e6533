import type { CategoricalColumn } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { categoricalOrText } from '../src/categorical-or-text.ts';
import { readCsv } from '../src/read-csv.ts';

/** The strings of a column of many rows, more than are read at a time. */
const rowCount = 120_000;
const columns: readonly (readonly [string, (row: number) => string])[] = [
  ['identifiers', (row) => `C${row}`],
  ['identifiers among missing cells', (row) => (row % 3 === 0 ? `é${row}` : '')],
  ['longer identifiers', (row) => `customer number ${row} of some town or other`],
  ['identifiers at first, then a few categories', (row) => `C${row < 50_000 ? row : row % 7}`],
  ['identifiers at first, then missing cells', (row) => (row < 50_000 ? `C${row}` : '')],
  ['each twice, far apart', (row) => `C${row % (rowCount / 2)}`],
  ['each twice but for one', (row) => `C${row === 7 ? -1 : row % (rowCount / 2)}`],
  ['some thousand categories', (row) => `C${(row * 7919) % 5000}`],
  ['many categories', (row) => `C${(row * 7919) % 40_000}`],
  ['more categories than there may be', (row) => `C${(row * 7919) % 100_001}`],
  [
    'identifiers among blanks',
    (row) => (row % 11 === 0 ? ' \t' : row % 7 === 0 ? '\u00a0' : `x${row}`),
  ],
  ['quoted identifiers', (row) => `"say ""${row}"""`],
];

describe('the kind of a column of strings', () => {
  it.each(columns)('is that of all its strings together: %s', async (_, cell) => {
    const path = join(temporaryFolder(), 'strings.csv');
    const rows = Array.from({ length: rowCount }, (__, row) => `${row % 5},${cell(row)}\n`);
    writeFileSync(path, `n,text\n${rows.join('')}`);
    const signature = [{ name: 'text', type: 'string', required: true }] as const;
    const strings = await readCsv(path, { signature });
    const all = strings.table.columns.get('text') as CategoricalColumn;
    for (const maxDictionary of [100_000, 30_000]) {
      for (const threads of [1, 2]) {
        const { table } = await readCsv(path, { maxDictionary, threads });
        const column = table.columns.get('text')!;
        const expected = categoricalOrText(all, maxDictionary);
        expect(column.kind).toBe(expected.kind);
        expect(column).toEqual(expected);
      }
    }
  });
});
