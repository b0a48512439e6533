import type { FileAccess } from './byte-reader.ts';
import type { ByteSource } from './byte-source.ts';
import { checkDelimiter } from './check-delimiter.ts';
import { countFirstCells, DETECTION_BYTES, detectDelimiter } from './detect-delimiter.ts';
import {
  CsvEmptyError,
  CsvHeaderDuplicateError,
  CsvHeaderEmptyError,
  CsvRaggedRowError,
  DataOptionError,
} from './errors.ts';
import { type FieldBatch, cellText, createFieldBatch } from './field-batch.ts';
import { fileError } from './file-error.ts';
import { type TextFile, openText } from './open-text.ts';
import { type CellKernels, openCellKernels } from './kernels/cell-kernels.ts';
import { type RowScanner, scanRows } from './scan-rows.ts';

/** How the bytes of a CSV file become rows. */
export interface CsvDialect {
  /**
   * One ASCII character. By default the one of comma, semicolon, tab and bar that alone splits the
   * header; a comma where none does, or several do.
   */
  readonly delimiter?: string;
  /** A row with more or fewer cells than the header is an error, or is left out. Default: error. */
  readonly onRaggedRow?: 'error' | 'skip';
  /** Bytes read at a time; changes speed and memory, never the result. Default 1 MiB. */
  readonly chunkBytes?: number;
  /** A row longer than this is an error. Default 64 MiB. */
  readonly maxRowBytes?: number;
  readonly signal?: AbortSignal | undefined;
}

/** Ragged rows that were left out because the caller asked for it. */
export interface SkippedRows {
  readonly count: number;
  /** The lines of the first hundred, from 1. */
  readonly lines: readonly number[];
}

/** Where a row begins. */
export interface RowPosition {
  /** In bytes from the file's start. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** An open CSV file behind its header. */
export interface CsvSource {
  readonly path: string;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Whether the file begins with a byte order mark. */
  readonly hasMark: boolean;
  /** How the header line ends; a line feed where the file ends with it. */
  readonly lineEnding: '\n' | '\r\n' | '\r';
  /** The header as it stands in the file, without byte order mark and line ending. */
  readonly headerBytes: Uint8Array;
  /** Grows as rows are read. */
  readonly skipped: SkippedRows;
  /** A guess from the file's size and its first rows, at least 1. */
  readonly rowsExpected: number;
  readonly fingerprint: string;
  /**
   * A batch to read into, which may be faster than one made elsewhere. There is one a source.
   *
   * @param windowLengths those of desks for other threads, should the batch be one of kernels.
   */
  createBatch(windowLengths?: readonly number[]): FieldBatch;
  /** The kernels of that batch, if it is one of kernels. */
  readonly kernels: CellKernels | undefined;
  /** The file, where rows can be read from any place of it. */
  readonly file: FileAccess | undefined;
  readonly sizeBytes: number | undefined;
  /** Where the next row begins. */
  position(): RowPosition;
  /** Have the thread that wants the rows of `file` read it, where that is faster. */
  readWithThisThread(): void;
  /** Go on at another place of `file`, where a row begins. */
  moveTo(position: RowPosition): void;
  /** Have `readRows` say that there are no more rows in front of a place, until it is another one. */
  holdAt(offset: number): void;
  /**
   * Put the next rows, at most `maxRows`, into `batch`, which points into memory that the next call
   * uses again. False when the file has no more.
   */
  readRows(batch: FieldBatch, maxRows: number): Promise<boolean>;
  close(): Promise<void>;
}

const defaultChunkBytes = 1_048_576;
const defaultMaxRowBytes = 67_108_864;
/** Files shorter than this are read before kernels would be ready. */
const fewestKernelBytes = 524_288;
/** Kernels are not worth their calls in a window shorter than this. */
const fewestWindowBytes = 65_536;
const keptLines = 100;
const lineFeed = 10;
const carriageReturn = 13;

/** Open a CSV file and read its header. @throws DATA_FILE_*, DATA_NOT_A_FILE, DATA_CSV_* */
export async function openCsvSource(
  origin: string | ByteSource,
  dialect: CsvDialect = {},
): Promise<CsvSource> {
  checkDialect(dialect);
  const { chunkBytes = defaultChunkBytes, maxRowBytes = defaultMaxRowBytes, signal } = dialect;
  let text: TextFile | undefined;
  try {
    text = await openText(origin, { chunkBytes, maxRowBytes, signal });
    return await readHeader(text, dialect);
  } catch (error) {
    await text?.close();
    throw fileError(error, typeof origin === 'string' ? origin : origin.name, 'read');
  }
}

async function readHeader(text: TextFile, dialect: CsvDialect): Promise<CsvSource> {
  const { path, window } = text;
  const { maxRowBytes = defaultMaxRowBytes } = dialect;
  const delimiter = dialect.delimiter ?? (await findDelimiter(text, maxRowBytes));
  const skipped = { count: 0, lines: [] as number[] };
  const scanner: RowScanner = {
    path,
    delimiter: delimiter.charCodeAt(0),
    line: 1,
    onRaggedRow({ line, cells }) {
      if (dialect.onRaggedRow !== 'skip') {
        return new CsvRaggedRowError(path, { line, expected: header.length, found: cells });
      }
      skipped.count++;
      if (skipped.lines.length < keptLines) skipped.lines.push(line);
      return undefined;
    },
  };

  let kernels: CellKernels | undefined;

  function nextRows(batch: FieldBatch, maxRows: number): void {
    if (batch === kernels?.batch && window.bytes === kernels.windowBytes) {
      kernels.scanRows(scanner, window, maxRows);
      if (batch.rowCount > 0) return;
      // What the kernels leave is looked at alone, so that they go on behind it.
      maxRows = 1;
    }
    scanRows(scanner, window, batch, maxRows);
  }

  function createBatch(windowLengths: readonly number[] = []): FieldBatch {
    const isLong = !window.isFinal || window.end - window.start >= fewestKernelBytes;
    if (isLong && window.bytes.length > fewestWindowBytes) {
      kernels = openCellKernels(columnCount, [window.bytes.length, ...windowLengths]);
    }
    if (kernels === undefined) return createFieldBatch(columnCount);
    // With the line feed behind them.
    window.bytes.copy(kernels.windowBytes, 0, 0, window.end + 1);
    window.bytes = kernels.windowBytes;
    return kernels.batch;
  }

  async function readRows(batch: FieldBatch, maxRows: number): Promise<boolean> {
    try {
      for (;;) {
        const before = window.start;
        nextRows(batch, maxRows);
        if (batch.rowCount > 0) return true;
        if (window.start > before) continue;
        if (window.isFinal || !(await text.fill(scanner.line))) return false;
      }
    } catch (error) {
      throw fileError(error, path, 'read');
    }
  }

  let columnCount = countFirstCells(window, scanner.delimiter);
  while (columnCount === 0 && !window.isFinal) {
    await text.fill(1);
    columnCount = countFirstCells(window, scanner.delimiter);
  }
  if (columnCount === 0) throw new CsvEmptyError(path);
  const batch = createFieldBatch(columnCount, 1);
  await readRows(batch, 1);
  const header = Array.from({ length: columnCount }, (_, column) => cellText(batch, column));
  checkNames(path, header);
  return {
    path,
    delimiter,
    hasMark: text.hasMark,
    lineEnding: lineEndingAt(batch.bytes, batch.rowEnds[0]!, window.end),
    header,
    headerBytes: Uint8Array.from(batch.bytes.subarray(batch.rowStarts[0], batch.rowEnds[0])),
    skipped,
    rowsExpected: guessRowCount(text),
    fingerprint: text.fingerprint,
    createBatch,
    get kernels() {
      return kernels;
    },
    file: text.file,
    sizeBytes: text.sizeBytes,
    position: () => ({ offset: text.position(), line: scanner.line }),
    readWithThisThread: text.readWithThisThread,
    moveTo({ offset, line }) {
      text.moveTo(offset);
      scanner.line = line;
    },
    holdAt: text.holdAt,
    readRows,
    close: text.close,
  };
}

function lineEndingAt(bytes: Uint8Array, at: number, end: number): CsvSource['lineEnding'] {
  if (bytes[at] !== carriageReturn) return '\n';
  return at + 1 < end && bytes[at + 1] === lineFeed ? '\r\n' : '\r';
}

async function findDelimiter({ window, fill }: TextFile, maxRowBytes: number): Promise<string> {
  const needed = Math.min(DETECTION_BYTES, maxRowBytes);
  while (!window.isFinal && window.end - window.start < needed) await fill(1);
  return detectDelimiter(window);
}

function guessRowCount({ window, sizeBytes }: TextFile): number {
  const sample = window.bytes.subarray(window.start, Math.min(window.end, window.start + 65_536));
  let rows = 0;
  for (const byte of sample) if (byte === lineFeed) rows++;
  const bytes = sizeBytes ?? window.end - window.start;
  return Math.ceil((rows / Math.max(sample.length, 1)) * bytes * 1.02) + 1;
}

function checkNames(path: string, header: readonly string[]): void {
  const positionOf = new Map<string, number>();
  for (const [index, name] of header.entries()) {
    const position = index + 1;
    if (name.trim() === '') throw new CsvHeaderEmptyError(path, position);
    const first = positionOf.get(name);
    if (first !== undefined) throw new CsvHeaderDuplicateError(path, name, [first, position]);
    positionOf.set(name, position);
  }
}

function checkDialect({ delimiter = ',', chunkBytes = 1, maxRowBytes = 1 }: CsvDialect): void {
  checkDelimiter(delimiter);
  for (const [option, value] of Object.entries({ chunkBytes, maxRowBytes })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new DataOptionError(option, 'a whole number of bytes, at least 1');
    }
  }
}
