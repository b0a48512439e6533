import { type Random, createRandom } from '@gnu-mlops/core';
import { temporaryFolder } from '@gnu-mlops/test-kit';
import { describe, expect, it } from 'vitest';
import { type CsvDialect, openCsvSource } from '../../src/csv-source.ts';
import type { CsvCellError } from '../../src/errors.ts';
import type { FieldBatch } from '../../src/field-batch.ts';
import { createInferringColumn } from '../../src/infer-column.ts';
import { readCsv } from '../../src/read-csv.ts';
import { leaveWaiting, takeWaitingThread } from '../../src/segments/waiting-threads.ts';
import { visitRows } from '../../src/visit-rows.ts';
import { writeInto } from '../read-texts.ts';

const columnCount = 150;
const header = Array.from({ length: columnCount }, (_, i) => `c${i}`).join(',');

/** What a file has besides plain rows. */
interface Trouble {
  /** One row in so many is strange. */
  readonly every: number;
  readonly cells: readonly string[];
}

const pick = <T>(random: Random, values: readonly T[]) =>
  values[Math.floor(random.nextFloat() * values.length)]!;

/** Enough rows for many segments: numbers, a few texts, many texts, dates and truth values. */
function makeRows(rowCount: number, seed: number, trouble?: Trouble): string[] {
  const random = createRandom(seed);
  return Array.from({ length: rowCount }, (_, row) => {
    const cells = Array.from({ length: columnCount }, (_, column) => {
      const value = random.nextFloat() * 200 - 100;
      if (column % 5 === 0) return String(column % 2 === 0 ? value : value.toFixed(2));
      if (column % 5 === 1) return pick(random, ['yes', 'no', '', `late ${row >> 9}`]);
      if (column % 5 === 2) return pick(random, ['true', 'false', '']);
      if (column % 5 === 3) return column === 3 ? `2024-01-0${1 + (row % 9)}` : `id${row}`;
      return pick(random, ['7', '-12', 'NA', '']);
    });
    if (trouble !== undefined && random.nextFloat() * trouble.every < 1) {
      cells[Math.floor(random.nextFloat() * columnCount)] = pick(random, trouble.cells);
    }
    return cells.join(',');
  });
}

/** Blocks the thread, so that others can take part. */
function nap(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** What reading gives: all columns and where the rows begin, or what went wrong. */
async function outcome(path: string, dialect: CsvDialect, threads: number) {
  const batches = new Set<object>();
  const source = await openCsvSource(path, { delimiter: ',', ...dialect });
  try {
    const columns = source.header.map(() => createInferringColumn(1, 60));
    const lines: number[] = [];
    const visit = (batch: FieldBatch) => {
      columns.forEach((column, index) => column.append(batch, index));
      lines.push(...batch.lines.subarray(0, batch.rowCount));
      if (threads > 1 && batches.add(batch).size < 4) nap(25);
    };
    const rowCount = await visitRows(source, visit, threads);
    const finished = columns.map((column) => column.finish());
    return { batches, found: { finished, lines, rowCount, skipped: source.skipped } };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return { batches, found: { code, message } };
  } finally {
    await source.close();
  }
}

async function expectSame(text: string | Uint8Array, dialect: CsvDialect = {}) {
  const path = writeInto(temporaryFolder(), text);
  const alone = await outcome(path, dialect, 1);
  const helped = await Promise.all([2, 3].map((threads) => outcome(path, dialect, threads)));
  for (const { found } of helped) expect(found).toStrictEqual(alone.found);
  return { found: alone.found, batchCount: Math.max(...helped.map(({ batches }) => batches.size)) };
}

describe('readSegments', () => {
  it.each<[string, Trouble]>([
    ['line feeds in quotes, now and then', { every: 400, cells: ['"a\nb"', '"x\r\n\ny"'] }],
    ['line feeds in quotes, everywhere', { every: 1, cells: [`"${'\n'.repeat(9)}"`, '"\n"'] }],
    ['quotes, doubled ones too', { every: 3, cells: ['"a"', '"a""b"', '"1.5"', '5" pipe', '""'] }],
    [
      'cells that are no numbers, late',
      { every: 3000, cells: ['x', '007', '1e5', '99999999999999999999'] },
    ],
    [
      'missing tokens, blanks and signs',
      { every: 1, cells: ['NA', 'null', ' ', ' 4 ', '+1', '1e-7', 'inf'] },
    ],
    ['characters beyond ASCII', { every: 2, cells: ['é', '😀', '\u00a0', 'ß'.repeat(20)] }],
  ])('gives what one thread gives: %s', async (_, trouble) => {
    const rows = makeRows(2000, 7, trouble);
    const { found, batchCount } = await expectSame(`${header}\n${rows.join('\n')}\n`);
    expect(found).toMatchObject({ rowCount: 2000 });
    // The plain reader's batch, the main thread's, and at least one of another thread.
    expect(batchCount).toBeGreaterThan(2);
  });

  it('gives what one thread gives whatever ends the lines, with a mark and without a last line feed', async () => {
    const rows = makeRows(2500, 8);
    for (const newline of ['\r\n', '\n\n', '\r']) {
      const { found } = await expectSame(`\ufeff${header}${newline}${rows.join(newline)}`);
      expect(found).toMatchObject({ rowCount: 2500 });
    }
  });

  it('gives what one thread gives for rows of very different lengths', async () => {
    const random = createRandom(3);
    const cell = () => 'x'.repeat(random.nextFloat() < 0.001 ? 30_000 : random.nextFloat() * 6);
    const rows = Array.from({ length: 1500 }, () =>
      Array.from({ length: columnCount }, cell).join(','),
    );
    const short = Array.from({ length: 9000 }, () => ','.repeat(columnCount - 1));
    const { found } = await expectSame([header, ...rows, ...short].join('\n'));
    expect(found).toMatchObject({ rowCount: 10_500 });
  });

  it('leaves ragged rows out, and counts them, as one thread does', async () => {
    const rows = makeRows(2500, 9, { every: 100, cells: ['1,2', '1,2,3'] });
    const { found } = await expectSame(`${header}\n${rows.join('\n')}\n`, { onRaggedRow: 'skip' });
    expect('skipped' in found && found.skipped.count).toBeGreaterThan(5);
  });

  it.each([
    ['DATA_CSV_RAGGED_ROW', 'a,b'],
    ['DATA_CSV_QUOTE', '"a"b'],
    ['DATA_CSV_QUOTE', '"a'],
    ['DATA_CSV_ENCODING', 'a\u0000b'],
  ])('throws %s naming the line, as one thread does', async (code, cell) => {
    const rows = makeRows(2500, 10, { every: 200, cells: ['"a\nb"'] });
    rows[2100] = rows[2100]!.replace(',', `${cell},`).replace(/^[^"a]*/, '');
    const text = `${header}\n${rows.join('\n')}\n`;
    expect((await expectSame(text)).found).toMatchObject({ code });
  });
});

describe('readCsv', () => {
  const columnTypes = { c0: 'double', c1: 'string' } as const;

  it('gives the same table on several threads, with types of its own and named ones', async () => {
    const rows = makeRows(2500, 13, { every: 900, cells: ['x', '"\n"'] });
    const path = writeInto(temporaryFolder(), `${header}\n${rows.join('\n')}\n`);
    const signature = [
      { name: 'c1', type: 'string', required: true },
      { name: 'none', type: 'double', required: false },
      { name: 'c5', type: 'double', required: true },
    ] as const;
    for (const options of [{}, { columnTypes }, { signature }, { maxDictionary: 60 }]) {
      const read = async (threads: number) =>
        readCsv(path, { ...options, threads }).then(
          ({ table }) => [...table.columns],
          ({ code, message }: CsvCellError) => ({ code, message }),
        );
      const alone = await read(1);
      expect(await read(2)).toStrictEqual(alone);
    }
  });

  it('throws DATA_CSV_CELL_INVALID naming the line, as one thread does', async () => {
    const rows = makeRows(2500, 11, { every: 50, cells: ['"\n"'] });
    rows[2000] = `x${rows[2000]!}`;
    const path = writeInto(temporaryFolder(), `${header}\n${rows.join('\n')}\n`);
    const fault = await readCsv(path, { columnTypes, threads: 1 }).catch((error: unknown) => error);
    expect(fault).toMatchObject({ code: 'DATA_CSV_CELL_INVALID' });
    const reading = readCsv(path, { columnTypes, threads: 2 });
    await expect(reading).rejects.toMatchObject({ ...(fault as CsvCellError) });
  });

  it('reads one file after the other with the same thread, though one has a faulty cell', async () => {
    const rows = makeRows(2500, 12);
    const [path, faulty] = [rows, rows.with(1000, `x${rows[1000]!}`)].map((lines) =>
      writeInto(temporaryFolder(), `${header}\n${lines.join('\n')}\n`),
    );
    const alone = await readCsv(path!, { threads: 1 });
    await readCsv(path!, { threads: 2 });
    const thread = takeWaitingThread()!;
    leaveWaiting(thread);
    const failing = readCsv(faulty!, { columnTypes, threads: 2 });
    await expect(failing).rejects.toMatchObject({ code: 'DATA_CSV_CELL_INVALID' });
    const { table } = await readCsv(path!, { threads: 2 });
    expect([...table.columns]).toStrictEqual([...alone.table.columns]);
    expect(takeWaitingThread()).toBe(thread);
    thread.end();
  });

  it('throws what the signal says', async () => {
    const path = writeInto(temporaryFolder(), `${header}\n${makeRows(2500, 12).join('\n')}\n`);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readCsv(path, { threads: 3, signal })).rejects.toThrow('enough');
  });

  it('throws DATA_OPTION_INVALID for a number of threads that makes no sense', async () => {
    const path = writeInto(temporaryFolder(), 'a\n1\n');
    for (const threads of [0, 1.5, -1]) {
      await expect(readCsv(path, { threads })).rejects.toMatchObject({
        code: 'DATA_OPTION_INVALID',
        option: 'threads',
      });
    }
  });
});
