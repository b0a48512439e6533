import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { formatCsvRow, quoteCsvField } from '../src/format-csv.ts';

describe('quoteCsvField', () => {
  it.each([
    ['plain', ',', 'plain'],
    ['', ',', ''],
    [' blanks ', ',', ' blanks '],
    ['a,b', ',', '"a,b"'],
    ['a,b', ';', 'a,b'],
    ['a;b', ';', '"a;b"'],
    ['say "hi"', ',', '"say ""hi"""'],
    ['two\nlines', ',', '"two\nlines"'],
    ['two\rlines', ',', '"two\rlines"'],
    ['\ufeffname', ',', '"\ufeffname"'],
  ])('writes %j between %j as %j', (text, delimiter, field) => {
    expect(quoteCsvField(text, delimiter)).toBe(field);
  });
});

describe('formatCsvRow', () => {
  it('writes numbers, booleans, texts and missing cells', () => {
    expect(formatCsvRow([1.5, true, 'a,b', null, -0.1])).toBe('1.5,true,"a,b",,-0.1');
  });

  it('writes a row of one empty cell so that it is no blank line', () => {
    expect(formatCsvRow([null])).toBe('""');
    expect(formatCsvRow([''])).toBe('""');
    expect(formatCsvRow([])).toBe('');
  });

  it('writes what papaparse reads back', () => {
    const cell = fc.string({ unit: fc.constantFrom(...'a ,;"|\t\r\né😀'), maxLength: 8 });
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 2, maxLength: 5 }),
        fc.constantFrom(',', ';', '\t', '|'),
        (cells, delimiter) => {
          const row = formatCsvRow(cells, delimiter);
          const read = Papa.parse(`${row}\r\n`, {
            delimiter,
            newline: '\r\n',
            skipEmptyLines: true,
          });
          expect(read.errors).toEqual([]);
          expect(read.data).toEqual([cells]);
        },
      ),
      { seed: 12, numRuns: 3000 },
    );
  });
});
