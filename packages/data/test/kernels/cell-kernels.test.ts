import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFieldBatch } from '../../src/field-batch.ts';
import { createInferringColumn } from '../../src/infer-column.ts';
import { type CellKernels, openCellKernels } from '../../src/kernels/cell-kernels.ts';
import { type RowScanner, scanRows } from '../../src/scan-rows.ts';
import { createStringFiller } from '../../src/string-filler.ts';

const windowLength = 4096;

const scannerOf = (delimiter: string): RowScanner => ({
  path: 'in.csv',
  delimiter: delimiter.charCodeAt(0),
  line: 1,
  onRaggedRow: ({ line, cells }) => new Error(`${cells} cells in line ${line}`),
});

/** A window whose memory goes on with what an earlier text has left there. */
function windowOf(bytes: Buffer, text: string, isFinal: boolean) {
  bytes.fill('9",\n\r', 0);
  const end = bytes.write(text);
  bytes[end] = 10;
  return { bytes, start: 0, end, isFinal };
}

function open(columnCount: number): CellKernels {
  return openCellKernels(columnCount, [windowLength])!;
}

/** Rows as one scan finds them, or the message of what it throws. */
function found(kernels: CellKernels, scan: 'kernels' | 'typescript', text: string, style: Style) {
  const { delimiter, isFinal, maxRows } = style;
  const scanner = scannerOf(delimiter);
  const isKernel = scan === 'kernels';
  const batch = isKernel ? kernels.batch : createFieldBatch(kernels.batch.columnCount);
  const bytes = isKernel ? kernels.windowBytes : Buffer.alloc(windowLength);
  const window = windowOf(bytes, text, isFinal);
  if (isKernel) kernels.scanRows(scanner, window, maxRows);
  else {
    try {
      scanRows(scanner, window, batch, maxRows);
    } catch {
      // A faulty first row: the kernels take none.
    }
  }
  const { rowCount, rowCapacity } = batch;
  const cells = Array.from({ length: rowCount }, (_, row) =>
    Array.from({ length: batch.columnCount }, (_, column) => {
      const cell = column * rowCapacity + row;
      const isEscaped = batch.forms[cell] === 1;
      return [batch.starts[cell], batch.ends[cell], isEscaped];
    }),
  );
  return {
    cells,
    rowStarts: [...batch.rowStarts.subarray(0, rowCount)],
    rowEnds: [...batch.rowEnds.subarray(0, rowCount)],
    lines: [...batch.lines.subarray(0, rowCount)],
    // Blank lines behind the last row may be passed over now or next time.
    next: rowCount === 0 ? undefined : text.slice(window.start).replace(/^[\r\n]+/, ''),
  };
}

interface Style {
  readonly delimiter: string;
  readonly isFinal: boolean;
  readonly maxRows: number;
}

describe('openCellKernels', () => {
  it('finds the rows that plain TypeScript finds, up to the first that is left to it', () => {
    const kernels = [1, 2, 3].map(open);
    const pieces = fc.oneof(
      fc.constantFrom(',', ';', '"', '""', '\n', '\r\n', '\r', ' ', '\t', 'é', '1'),
      fc.string({ unit: fc.constantFrom(...'ab12.,"\n'), maxLength: 6 }),
      fc.string({ unit: fc.constantFrom('x', ','), minLength: 50, maxLength: 80 }),
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 30 }).map((all) => all.join('')),
      fc
        .array(fc.tuple(fc.string({ unit: fc.constantFrom(...'ab1\n\r,'), maxLength: 90 }), pieces))
        .map((rows) => rows.map(([a, b]) => `"${a}",${b.replaceAll(/[",\n\r]/g, '')}\n`).join('')),
    );
    const style = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t'),
      isFinal: fc.boolean(),
      maxRows: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...kernels), texts, style, (one, text, style) => {
        const expected = found(one, 'typescript', text, style);
        expect(found(one, 'kernels', text, style)).toEqual(expected);
      }),
      { seed: 31, numRuns: 6000 },
    );
  });

  it('finds plain rows, and strange ones among them, as plain TypeScript does', () => {
    const kernels = [1, 2, 4, 5, 6, 9, 13].map(open);
    const strange = ['"a"', '"a\nb"', '"a""b"', '5" pipe', '"a"b', '"', '\r', '\n', ',', 'x,y'];
    const row = fc.tuple(
      fc.array(fc.string({ unit: fc.constantFrom('1', 'é', '.'), maxLength: 9 }), {
        minLength: 13,
        maxLength: 13,
      }),
      fc.oneof({ weight: 40, arbitrary: fc.constant('') }, fc.constantFrom(...strange)),
    );
    const texts = fc.record({
      rows: fc.array(row, { minLength: 1, maxLength: 60, size: 'max' }),
      lineEnding: fc.constantFrom('\n', '\r\n'),
      left: fc.nat({ max: 20 }),
    });
    const style = fc.record({
      delimiter: fc.constant(','),
      isFinal: fc.boolean(),
      maxRows: fc.constantFrom(3, 30, 1000),
    });
    fc.assert(
      fc.property(fc.constantFrom(...kernels), texts, style, (one, text, style) => {
        const { columnCount } = one.batch;
        const lines = text.rows.map(
          ([cells, cell]) => `${cell}${cells.slice(0, columnCount).join(',')}${text.lineEnding}`,
        );
        const whole = Buffer.from(lines.join(''))
          .subarray(0, windowLength - 100)
          .toString();
        const cut = whole.slice(0, whole.length - text.left);
        const expected = found(one, 'typescript', cut, style);
        expect(found(one, 'kernels', cut, style)).toEqual(expected);
      }),
      { seed: 33, numRuns: 1500 },
    );
  });

  it('reads columns as plain TypeScript does', () => {
    const kernels = open(1);
    const numbers = fc.oneof(
      fc.double({ noNaN: true }).map(String),
      fc.integer().map(String),
      fc.tuple(fc.maxSafeInteger(), fc.nat({ max: 999_999 })).map(([a, b]) => `${a}.${b}`),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 24 }),
      fc.tuple(fc.nat({ max: 9 }), fc.maxSafeInteger()).map(([zeros, digits]) => {
        return `-0.${'0'.repeat(zeros)}${digits}`;
      }),
      fc.tuple(fc.nat({ max: 30 }), fc.bigInt({ min: 0n, max: 10n ** 22n })).map(([at, digits]) => {
        const text = String(digits);
        return at < text.length ? `${text.slice(0, at)}.${text.slice(at)}` : text;
      }),
      fc.constantFrom('-0', '007', '5.', '.5', '-.5', '.', '-', '+5', '1e3', ' 7', '""', 'NA'),
      fc.constantFrom('9007199254740991', '9007199254740992', '9007199254740993.0', '1.2.3', '--1'),
    );
    const strings = fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', ' '), maxLength: 12 }),
      fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 40 })).map(([a, b]) => `${a}${'x'.repeat(b)}`),
      fc.constantFrom('"a""b"', '"a"', '" "', 'true', '"NA"'),
    );
    const cells = fc.oneof(
      fc.array(numbers, { minLength: 1, maxLength: 40 }),
      fc.array(strings, { minLength: 1, maxLength: 60 }),
      fc.array(fc.oneof(numbers, strings), { minLength: 1, maxLength: 40 }),
    );
    const columnsOf = (text: string, isKernel: boolean) => {
      const batch = isKernel ? kernels.batch : createFieldBatch(1);
      const bytes = isKernel ? kernels.windowBytes : Buffer.alloc(windowLength * 4);
      const window = windowOf(bytes, text, true);
      const scanner = scannerOf(',');
      const [inferring, texts] = [createInferringColumn(1, 5), createStringFiller(1)];
      while (window.start < window.end) {
        // A few rows at a time, so that texts come again in a later batch.
        if (isKernel) kernels.scanRows(scanner, window, 7);
        else scanRows(scanner, window, batch, 7);
        if (batch.rowCount === 0) break;
        inferring.append(batch, 0);
        texts.append(batch, 0, 0);
      }
      return [inferring.finish(), texts.finish()];
    };
    fc.assert(
      fc.property(cells, (cells) => {
        const text = `${cells.join('\n')}\n`;
        const columns = columnsOf(text, true);
        expect(columns).toStrictEqual(columnsOf(text, false));
      }),
      { seed: 32, numRuns: 6000 },
    );
  });

  it('knows more texts as they come, and forgets them for another owner', () => {
    const { windowBytes, scanRows, batch } = open(1);
    const texts = Array.from({ length: 400 }, (_, i) => `t${i}`);
    const window = windowOf(windowBytes, texts.join('\n'), true);
    scanRows(scannerOf(','), window, 1000);
    const kernels = batch.kernels!;
    const owner = {};
    for (let round = 0; round < 20; round++) {
      if (kernels.lookUpTexts(0, owner) === 0) break;
      const unknown = texts.flatMap((_, row) => (kernels.codes[row] === -2 ? [row] : []));
      for (const row of unknown) kernels.rememberText(row, row);
    }
    expect(kernels.lookUpTexts(0, owner)).toBe(0);
    expect([...kernels.codes.subarray(0, 400)]).toEqual(texts.map((_, row) => row));
    expect(kernels.lookUpTexts(0, {})).toBe(400);
  });

  it('gives a table up for a while where its owner found hardly a text in it', () => {
    const { windowBytes, scanRows, batch } = open(1);
    const window = windowOf(windowBytes, 'a\na\nb\nb\n', true);
    scanRows(scannerOf(','), window, 4);
    const kernels = batch.kernels!;
    const unknownOf = (owner: object) => kernels.lookUpTexts(0, owner);
    const learn = (owner: object) => {
      unknownOf(owner);
      for (let row = 0; row < 4; row++) kernels.rememberText(row, row >> 1);
      return unknownOf(owner);
    };
    expect(learn({})).toBe(0);
    expect(learn({})).toBe(0);
    unknownOf({});
    const refused = Array.from({ length: 15 }, () => learn({}));
    expect(refused).toEqual(Array<number>(15).fill(4));
    expect(learn({})).toBe(0);
    expect([...kernels.codes.subarray(0, 4)]).toEqual([0, 0, 1, 1]);
  });

  it('leaves tables of very many columns to plain TypeScript', () => {
    expect(openCellKernels(10_000, [windowLength])).toBeUndefined();
  });
});
