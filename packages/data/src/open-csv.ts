import type { ColumnSpec, Table } from '@gnu-mlops/core';
import type { ByteSource } from './byte-source.ts';
import { closable } from './closable.ts';
import { type CsvDialect, type CsvSource, type SkippedRows, openCsvSource } from './csv-source.ts';
import { CsvCellError, DataOptionError, type InvalidCell } from './errors.ts';
import type { RowBytes } from './extend/row-frame.ts';
import { createRawRows } from './raw-rows.ts';
import { appendCells, finishColumns, startColumns } from './typed-columns.ts';

/** How to read a CSV file in chunks. */
export interface OpenCsvOptions extends CsvDialect {
  /** The columns to read and their types. Other columns of the file are passed over. */
  readonly signature: readonly ColumnSpec[];
  /** Rows per chunk; the last one may have fewer. At least 1. */
  readonly batchRows: number;
  /**
   * A cell that is no value of its column's type is an error, or is missing and listed in the
   * chunk's `invalidCells`. Default: error.
   */
  readonly onInvalidCell?: 'error' | 'missing';
}

/** Some consecutive rows of a CSV file. */
export interface CsvChunk {
  /** The signature's columns, in the signature's order. */
  readonly table: Table;
  /** Each row's bytes as they stand in the file, without the line ending; made when asked for. */
  readonly rawRows: readonly Uint8Array[];
  /** The same rows without an object for each of them. */
  readonly rowBytes: RowBytes;
  /** The first row's number among the rows read, from 0. */
  readonly firstRow: number;
  /** The line of the file where each row begins, from 1. */
  readonly lines: Float64Array;
  /** In the order of the file; empty unless `onInvalidCell` is `missing`. */
  readonly invalidCells: readonly InvalidCell[];
}

/** A CSV file that is read in chunks, once. Breaking off the iteration closes the file. */
export interface CsvStream extends AsyncIterable<CsvChunk> {
  /** All column names of the file. */
  readonly header: readonly string[];
  /** The header as it stands in the file, without byte order mark and line ending. */
  readonly headerBytes: Uint8Array;
  readonly delimiter: string;
  /** Whether the file begins with a byte order mark. */
  readonly hasMark: boolean;
  /** How the header line ends; a line feed where the file ends with it. */
  readonly lineEnding: '\n' | '\r\n' | '\r';
  /** Ragged rows left out so far. */
  readonly skippedRows: SkippedRows;
  /** Close the file without reading it to the end: the iteration ends then, wherever it is. */
  close(): Promise<void>;
}

/**
 * Open a CSV file and read its header; the rows come in chunks, so that memory stays bounded however
 * long the file is. Cells become values as `signature` says, as in `readCsv` and over HTTP.
 *
 * @throws {ColumnMissingError} naming the nearest column, when a required one is not in the file. One
 * that is not required and not there has missing cells only.
 * @throws {CsvCellError} while iterating, naming line and column.
 * @throws {CsvRaggedRowError} while iterating, unless ragged rows are skipped.
 */
export function openCsv(origin: string | ByteSource, options: OpenCsvOptions): Promise<CsvStream> {
  return openCsvStream(origin, options, 'own');
}

/**
 * As {@link openCsv}. With `reused` memory the bytes of a chunk's rows are good until the next chunk
 * only, which keeps the garbage of a long stream small.
 */
export async function openCsvStream(
  origin: string | ByteSource,
  options: OpenCsvOptions,
  rowMemory: 'own' | 'reused',
): Promise<CsvStream> {
  const { signature, batchRows } = options;
  if (!Number.isSafeInteger(batchRows) || batchRows < 1) {
    throw new DataOptionError('batchRows', 'a whole number, at least 1');
  }
  const source = await openCsvSource(origin, options);
  try {
    startColumns(source, signature, 1);
  } catch (error) {
    await source.close();
    throw error;
  }
  const { header, headerBytes, delimiter, hasMark, lineEnding, skipped, close } = source;
  const iterate = () => readChunks(source, options, rowMemory);
  return {
    header,
    headerBytes,
    delimiter,
    hasMark,
    lineEnding,
    skippedRows: skipped,
    ...closable(iterate, close, options.signal),
  };
}

async function* readChunks(
  source: CsvSource,
  options: OpenCsvOptions,
  rowMemory: 'own' | 'reused',
): AsyncGenerator<CsvChunk> {
  const { signature, batchRows, onInvalidCell } = options;
  const batch = source.createBatch();
  const rowsExpected = Math.min(source.rowsExpected, batchRows);
  let bytesExpected = 4096;
  let raw = createRawRows({ rows: rowsExpected, bytes: bytesExpected });
  let firstRow = 0;
  try {
    for (let isMore = true; isMore;) {
      const columns = startColumns(source, signature, rowsExpected);
      if (rowMemory === 'reused') raw.reset();
      else if (firstRow > 0) raw = createRawRows({ rows: rowsExpected, bytes: bytesExpected });
      const invalidCells: InvalidCell[] = [];
      while (raw.rowCount < batchRows) {
        isMore = await source.readRows(batch, batchRows - raw.rowCount);
        if (!isMore) break;
        const invalid = appendCells(columns, batch);
        if (invalid.length > 0) {
          if (onInvalidCell !== 'missing') throw new CsvCellError(source.path, invalid[0]!);
          invalidCells.push(...invalid);
        }
        raw.append(batch);
      }
      if (raw.rowCount === 0) return;
      const table = finishColumns(columns, raw.rowCount);
      bytesExpected = Math.ceil(raw.byteCount * 1.1);
      const { rows: rowBytes, lines } = raw.finish();
      yield {
        table,
        rowBytes,
        lines,
        firstRow,
        invalidCells,
        get rawRows() {
          return viewRows(rowBytes);
        },
      };
      firstRow += raw.rowCount;
    }
  } finally {
    await source.close();
  }
}

function viewRows({ bytes, starts, ends, rowCount }: RowBytes): Uint8Array[] {
  return Array.from({ length: rowCount }, (_, row) => bytes.subarray(starts[row], ends[row]));
}
