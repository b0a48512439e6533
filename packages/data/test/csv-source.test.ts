import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readTexts, writeInto } from './read-texts.ts';

const chunkSizes = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(256, 4096, 262_144));

/** Cells full of what trips a reader. */
const cellTexts = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.string({ unit: fc.constantFrom(...'ab1.-,;|"\t \n\réß😀'), maxLength: 8 }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', '""', '"', ',', '\n', '\r\n', ' "a"', '0.1', '-1e5'),
  },
);

const grids = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 0, max: 8 }))
  .chain(([columns, rows]) =>
    fc.record({
      header: fc.constant(Array.from({ length: columns }, (_, i) => `c${i}`)),
      rows: fc.array(fc.array(cellTexts, { minLength: columns, maxLength: columns }), {
        minLength: rows,
        maxLength: rows,
      }),
    }),
  );

describe('openCsvSource', () => {
  it('reads what papaparse wrote, whatever the delimiter, line ending, mark and chunk size', async () => {
    const folder = temporaryFolder();
    await fc.assert(
      fc.asyncProperty(
        grids,
        fc.record({
          delimiter: fc.constantFrom(',', ';', '\t', '|'),
          newline: fc.constantFrom('\n', '\r\n', '\r'),
          quotes: fc.boolean(),
          hasMark: fc.boolean(),
          hasLastNewline: fc.boolean(),
          blankLines: fc.nat({ max: 2 }),
        }),
        chunkSizes,
        async ({ header, rows }, style, chunkBytes) => {
          const { delimiter, newline, quotes } = style;
          const written = Papa.unparse([header, ...rows], { delimiter, newline, quotes });
          const text =
            (style.hasMark ? '\ufeff' : '') +
            newline.repeat(style.blankLines) +
            written +
            (style.hasLastNewline ? newline : '');
          const path = writeInto(folder, text);
          const read = await readTexts(path, { chunkBytes });
          expect(read.rows).toEqual([header, ...rows]);
          expect((await readTexts(path, { delimiter })).rows).toEqual(read.rows);
        },
      ),
      { seed: 1, numRuns: 1500 },
    );
  });

  it('gives the rows that papaparse gives on any text, or an error where papaparse reports one', async () => {
    const folder = temporaryFolder();
    const texts = fc.string({ unit: fc.constantFrom(...',,""\nab1 '), maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(texts, chunkSizes, async (body, chunkBytes) => {
        // A blank behind the last closing quote is an error to papaparse at the end of a file only.
        const text = `x,y\n${body}\n`;
        const expected = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' });
        const path = writeInto(folder, text);
        const dialect = { delimiter: ',', chunkBytes, onRaggedRow: 'skip' } as const;
        if (expected.errors.some(({ type }) => type === 'Quotes')) {
          await expect(readTexts(path, dialect)).rejects.toMatchObject({ code: 'DATA_CSV_QUOTE' });
        } else {
          const rows = expected.data.filter((row) => row.length === 2);
          expect((await readTexts(path, dialect)).rows).toEqual(rows);
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('ends a row at CRLF, LF and CR, mixed in one file', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\r\n1,2\n3,4\r5,6\r\n\r\n7,8');
    for (const chunkBytes of [1, 2, 3, 5, 1000]) {
      const { rows, lines } = await readTexts(path, { chunkBytes });
      expect(rows).toEqual([
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
        ['7', '8'],
      ]);
      expect(lines).toEqual([2, 3, 4, 6]);
    }
  });

  it('counts the line endings inside quoted cells', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n"x\ny\r\nz\rw",1\n2,3\n');
    for (const chunkBytes of [1, 4, 7, 1000]) {
      expect((await readTexts(path, { chunkBytes })).lines).toEqual([2, 6]);
    }
  });

  it('takes "" on a line of its own for a row with one empty cell', async () => {
    const path = writeInto(temporaryFolder(), 'a\n1\n""\n\n2\n');
    expect((await readTexts(path)).rows).toEqual([['a'], ['1'], [''], ['2']]);
  });

  it('lets blanks stand between a closing quote and the delimiter', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n"x" ,"y"\t\n"z"  ,1\n');
    expect((await readTexts(path)).rows.slice(1)).toEqual([
      ['x', 'y'],
      ['z', '1'],
    ]);
  });

  it('keeps a quote that does not begin a cell', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n5" pipe, "x"\n');
    expect((await readTexts(path)).rows[1]).toEqual(['5" pipe', ' "x"']);
  });

  it.each([
    ['unclosed', 'a,b\n1,2\n3,"x\n4,5\n', 3],
    ['text behind the closing quote', 'a,b\n1,2\n\n3,"x"y\n', 4],
    ['an unclosed cell on a later line of a row', 'a,b\n"p\nq","x\n', 3],
  ])('throws DATA_CSV_QUOTE naming path and line: %s', async (_, text, line) => {
    const path = writeInto(temporaryFolder(), text);
    for (const chunkBytes of [1, 3, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_QUOTE',
        message: expect.stringContaining(path),
        line,
      });
    }
  });

  it('throws DATA_CSV_RAGGED_ROW naming path, line and counts', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n1,2\n"x\ny",1\n1,2,3\n');
    for (const chunkBytes of [1, 6, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_RAGGED_ROW',
        message: expect.stringContaining(path),
        line: 5,
        expected: 2,
        found: 3,
      });
    }
    const short = writeInto(temporaryFolder(), 'a,b\n1\n');
    await expect(readTexts(short)).rejects.toMatchObject({ line: 2, expected: 2, found: 1 });
  });

  it('reports the first of two faulty rows, whatever the chunk size', async () => {
    const path = writeInto(temporaryFolder(), 'a,b\n1,2\n1\n1,"x"y\n');
    const other = writeInto(temporaryFolder(), 'a,b\n1,2\n1,"x"y\n1\n');
    for (const chunkBytes of [1, 10, 1000]) {
      await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({ line: 3, found: 1 });
      await expect(readTexts(other, { chunkBytes })).rejects.toMatchObject({
        code: 'DATA_CSV_QUOTE',
      });
    }
  });

  it('throws DATA_CSV_HEADER_DUPLICATE naming both positions', async () => {
    const path = writeInto(temporaryFolder(), 'a,b,a\n1,2,3\n');
    await expect(readTexts(path)).rejects.toMatchObject({
      code: 'DATA_CSV_HEADER_DUPLICATE',
      message: expect.stringContaining(`"${path}": columns 1 and 3 are both named "a"`),
      positions: [1, 3],
    });
  });

  it.each(['a,,c\n1,2,3\n', 'a," ",c\n'])(
    'throws DATA_CSV_HEADER_EMPTY naming the position: %j',
    async (text) => {
      const path = writeInto(temporaryFolder(), text);
      await expect(readTexts(path)).rejects.toMatchObject({
        code: 'DATA_CSV_HEADER_EMPTY',
        message: expect.stringContaining(`"${path}": column 2`),
      });
    },
  );

  it.each(['', '\n\r\n\n', '\ufeff', '\ufeff\n'])(
    'throws DATA_CSV_EMPTY naming the path for %j',
    async (text) => {
      const path = writeInto(temporaryFolder(), text);
      for (const chunkBytes of [1, 1000]) {
        await expect(readTexts(path, { chunkBytes })).rejects.toMatchObject({
          code: 'DATA_CSV_EMPTY',
          message: expect.stringContaining(path),
        });
      }
    },
  );

  it('throws DATA_CSV_ROW_TOO_LONG instead of filling memory with a quote that never ends', async () => {
    const path = writeInto(temporaryFolder(), `a,b\n1,2\n3,"${'x\n'.repeat(5000)}`);
    await expect(readTexts(path, { chunkBytes: 64, maxRowBytes: 1000 })).rejects.toMatchObject({
      code: 'DATA_CSV_ROW_TOO_LONG',
      message: expect.stringContaining(path),
      line: 3,
    });
  });

  it.each([
    ['delimiter', { delimiter: 'ab' }],
    ['delimiter', { delimiter: '"' }],
    ['delimiter', { delimiter: '\n' }],
    ['delimiter', { delimiter: '1' }],
    ['delimiter', { delimiter: '-' }],
    ['delimiter', { delimiter: 'é' }],
    ['chunkBytes', { chunkBytes: 0 }],
    ['maxRowBytes', { maxRowBytes: 1.5 }],
  ])('throws DATA_OPTION_INVALID for a %s that makes no sense', async (option, dialect) => {
    const path = writeInto(temporaryFolder(), 'a\n1\n');
    await expect(readTexts(path, dialect)).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
      option,
    });
  });
});
