import { type ColumnSpec, columnNamed, rowAt } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { type CsvChunk, type CsvStream, type OpenCsvOptions, openCsv } from '../src/open-csv.ts';
import { writeInto } from './read-texts.ts';

const signature: ColumnSpec[] = [
  { name: 'n', type: 'double', required: true },
  { name: 'who', type: 'string', required: true },
];

async function chunksOf(path: string, options: OpenCsvOptions): Promise<CsvChunk[]> {
  return collect(await openCsv(path, options));
}

async function collect(stream: CsvStream): Promise<CsvChunk[]> {
  const chunks: CsvChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString();

describe('openCsv', () => {
  it('gives the header, rows in chunks, their lines, and their bytes as they stand', async () => {
    const text = '\ufeffwho;n;"more; é"\r\n"a ""b""";1.50;x\r\n\r\n"c\nd";;\r\ne; 2 ;"y"';
    const path = writeInto(temporaryFolder(), text);
    for (const chunkBytes of [1, 10, 1000]) {
      const stream = await openCsv(path, { signature, batchRows: 2, chunkBytes });
      expect(stream.header).toEqual(['who', 'n', 'more; é']);
      expect(textOf(stream.headerBytes)).toBe('who;n;"more; é"');
      expect(stream.delimiter).toBe(';');
      const chunks = await collect(stream);
      expect(chunks.map(({ firstRow, table }) => [firstRow, table.rowCount])).toEqual([
        [0, 2],
        [2, 1],
      ]);
      expect(chunks.flatMap(({ rawRows }) => rawRows.map(textOf))).toEqual([
        '"a ""b""";1.50;x',
        '"c\nd";;',
        'e; 2 ;"y"',
      ]);
      expect(chunks.flatMap(({ lines }) => [...lines])).toEqual([2, 4, 6]);
      expect([...chunks[0]!.table.columns.keys()]).toEqual(['n', 'who']);
      const rows = chunks.flatMap(({ table }) =>
        Array.from({ length: table.rowCount }, (_, row) => rowAt(table, row)),
      );
      expect(rows).toEqual([
        { n: 1.5, who: 'a "b"' },
        { n: null, who: 'c\nd' },
        { n: 2, who: 'e' },
      ]);
    }
  });

  it('gives the same rows, and bytes that papaparse reads the same, in chunks of any size', async () => {
    const folder = temporaryFolder();
    const cell = fc.string({ unit: fc.constantFrom(...'a1,;"\n\r é'), maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), cell, cell), { maxLength: 20 }),
        fc.integer({ min: 1, max: 25 }),
        fc.integer({ min: 1, max: 80 }),
        async (rows, batchRows, chunkBytes) => {
          const text = Papa.unparse([['n', 'who', 'rest'], ...rows], { newline: '\n' });
          const path = writeInto(folder, text);
          const options = { signature, batchRows, chunkBytes, delimiter: ',' };
          const chunks = await chunksOf(path, options);
          expect(chunks.map(({ table }) => table.rowCount)).toEqual(
            Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, i) =>
              Math.min(batchRows, rows.length - i * batchRows),
            ),
          );
          const raw = chunks.flatMap(({ rawRows }) => rawRows.map(textOf));
          const reread = raw.map((row) => Papa.parse(row, { delimiter: ',', newline: '\n' }).data);
          expect(reread).toEqual(rows.map(([n, who, rest]) => [[String(n), who, rest]]));
          const numbers = chunks.flatMap(({ table }) => {
            const column = columnNamed(table, 'n');
            return column.kind === 'numeric' ? [...column.values] : [];
          });
          expect(numbers).toEqual(rows.map(([n]) => n));
        },
      ),
      { seed: 11, numRuns: 500 },
    );
  });

  it('keeps its chunks apart: a later one does not change an earlier one', async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `${i},w${i}`);
    const path = writeInto(temporaryFolder(), `n,who\n${rows.join('\n')}\n`);
    const chunks = await chunksOf(path, { signature, batchRows: 7, chunkBytes: 32 });
    expect(chunks.flatMap(({ rawRows }) => rawRows.map(textOf))).toEqual(rows);
    expect(chunks.map(({ table }) => rowAt(table, 0)['who'])).toEqual(
      chunks.map(({ firstRow }) => `w${firstRow}`),
    );
  });

  it('throws DATA_COLUMN_MISSING before reading rows, and does without what is not required', async () => {
    const path = writeInto(temporaryFolder(), 'n,Who\n1,a\n');
    await expect(openCsv(path, { signature, batchRows: 1 })).rejects.toMatchObject({
      code: 'DATA_COLUMN_MISSING',
      message: expect.stringContaining('Is it "Who"?'),
    });
    const optional = signature.map((spec) => ({ ...spec, required: false }));
    const [chunk] = await chunksOf(path, { signature: optional, batchRows: 1 });
    expect(rowAt(chunk!.table, 0)).toEqual({ n: 1, who: null });
  });

  it('throws DATA_CSV_CELL_INVALID naming path, line and column', async () => {
    const path = writeInto(temporaryFolder(), 'n,who\n1,a\n\ntwelve,b\n');
    await expect(chunksOf(path, { signature, batchRows: 10 })).rejects.toMatchObject({
      code: 'DATA_CSV_CELL_INVALID',
      message: expect.stringContaining(`"${path}", line 4, column "n": "twelve"`),
      line: 4,
      column: 'n',
    });
  });

  it('takes invalid cells for missing and lists them, when asked to', async () => {
    const path = writeInto(temporaryFolder(), 'n,m,who\n1,x,a\ny,z,b\n3,4,c\n');
    const both = [...signature, { name: 'm', type: 'long' as const, required: true }];
    const options = { signature: both, batchRows: 2, onInvalidCell: 'missing' as const };
    const [first, second] = await chunksOf(path, options);
    expect(first!.invalidCells).toEqual([
      { line: 2, column: 'm', type: 'long', text: 'x' },
      { line: 3, column: 'n', type: 'double', text: 'y' },
      { line: 3, column: 'm', type: 'long', text: 'z' },
    ]);
    expect(rowAt(first!.table, 1)).toEqual({ n: null, who: 'b', m: null });
    expect(second!.invalidCells).toEqual([]);
  });

  it('leaves ragged rows out when asked to, and counts them', async () => {
    const path = writeInto(temporaryFolder(), 'n,who\n1\n2,b\n3,c,d\n4,e\n5\n');
    const stream = await openCsv(path, { signature, batchRows: 10, onRaggedRow: 'skip' });
    const [chunk, ...more] = await collect(stream);
    expect(chunk!.rawRows.map(textOf)).toEqual(['2,b', '4,e']);
    expect(more).toEqual([]);
    expect(stream.skippedRows).toEqual({ count: 3, lines: [2, 4, 6] });
    await expect(chunksOf(path, { signature, batchRows: 10 })).rejects.toMatchObject({
      code: 'DATA_CSV_RAGGED_ROW',
      line: 2,
    });
  });

  it('gives no chunk for a file with a header only', async () => {
    const path = writeInto(temporaryFolder(), 'n,who\n');
    expect(await chunksOf(path, { signature, batchRows: 10 })).toEqual([]);
  });

  it('may be left early, and closed twice', async () => {
    const path = writeInto(temporaryFolder(), 'n,who\n1,a\n2,b\n');
    const stream = await openCsv(path, { signature, batchRows: 1 });
    for await (const chunk of stream) {
      expect(chunk.firstRow).toBe(0);
      break;
    }
    await stream.close();
    await stream.close();
  });

  it.each([0, 1.5, NaN])('throws DATA_OPTION_INVALID for %s rows a chunk', async (batchRows) => {
    const path = writeInto(temporaryFolder(), 'n,who\n');
    await expect(openCsv(path, { signature, batchRows })).rejects.toMatchObject({
      code: 'DATA_OPTION_INVALID',
      option: 'batchRows',
    });
  });
});
