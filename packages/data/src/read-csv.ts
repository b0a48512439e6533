import {
  type Column,
  type ColumnSpec,
  type SignatureType,
  type Table,
  createTable,
} from '@gnu-mlops/core';
import type { ByteSource } from './byte-source.ts';
import { DEFAULT_MAX_DICTIONARY, categoricalOrText } from './categorical-or-text.ts';
import { createCategoryFiller } from './category-filler.ts';
import { type ColumnSchema, describeColumns } from './column-schema.ts';
import { type CsvDialect, type CsvSource, type SkippedRows, openCsvSource } from './csv-source.ts';
import { CsvCellError, DataOptionError, FileChangedError } from './errors.ts';
import type { FieldBatch } from './field-batch.ts';
import { createInferringColumn } from './infer-column.ts';
import { appendCells, finishColumns, startColumns } from './typed-columns.ts';
import { visitRows } from './visit-rows.ts';

/** How to read a whole CSV file. */
export interface ReadCsvOptions extends CsvDialect {
  /**
   * The columns to read and their types; other columns of the file are passed over. Strings stay
   * categorical. Without it all columns are read and their types found out.
   */
  readonly signature?: readonly ColumnSpec[];
  /** Types of some columns, which are then not found out. Not together with `signature`. */
  readonly columnTypes?: Readonly<Record<string, SignatureType>>;
  /** A column of more distinct strings than this becomes text. Default 100,000. */
  readonly maxDictionary?: number;
  /**
   * How many threads share a long file, this one included; the result is the same. Default: as many as
   * the machine has, at most four, each for 16 MiB of the file at least. Files that are packed or lie
   * elsewhere are read by one.
   */
  readonly threads?: number;
}

/** What a CSV file holds. */
export interface CsvTable {
  readonly table: Table;
  /** One entry a column, in the table's order; worked out when it is first asked for. */
  readonly schema: readonly ColumnSchema[];
  /** Ragged rows left out. */
  readonly skippedRows: SkippedRows;
  readonly delimiter: string;
}

/**
 * Read a whole CSV file into typed columns.
 *
 * Types are found out from all cells, never from the first ones only: true/false (any case) ->
 * boolean; whole numbers written without point and exponent -> integer; other numbers -> numeric; ISO
 * 8601 dates and times -> timestamp; all else -> strings, which are categorical, or text where nearly
 * all differ (more than 50 distinct values, and more than half of the cells). A column where any whole
 * number has leading zeros (`007`), or where all are whole and one is beyond 2^53, is one of strings:
 * a number would lose what they say. Missing cells are as core's `MISSING_TOKENS` has it; a column of
 * nothing else is numeric.
 *
 * @throws DATA_FILE_NOT_FOUND, DATA_NOT_A_FILE, DATA_FILE_FORBIDDEN, DATA_FILE_ACCESS_FAILED,
 * DATA_FILE_CHANGED, DATA_CSV_EMPTY, DATA_CSV_ENCODING, DATA_CSV_HEADER_DUPLICATE,
 * DATA_CSV_HEADER_EMPTY, DATA_CSV_RAGGED_ROW, DATA_CSV_QUOTE, DATA_CSV_ROW_TOO_LONG,
 * DATA_CSV_CELL_INVALID, DATA_COLUMN_MISSING, DATA_OPTION_INVALID; each names the path.
 */
export async function readCsv(
  origin: string | ByteSource,
  options: ReadCsvOptions = {},
): Promise<CsvTable> {
  const { signature, columnTypes, threads } = options;
  if (signature !== undefined && columnTypes !== undefined) {
    throw new DataOptionError('columnTypes', 'left out where a signature gives all types');
  }
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new DataOptionError('threads', 'a whole number, at least 1');
  }
  const source = await openCsvSource(origin, options);
  try {
    const table =
      signature === undefined
        ? await readInferring(source, origin, options)
        : await readTyped(source, signature, threads);
    let schema: ColumnSchema[] | undefined;
    return {
      table,
      get schema() {
        return (schema ??= describeColumns(table));
      },
      skippedRows: source.skipped,
      delimiter: source.delimiter,
    };
  } finally {
    await source.close();
  }
}

async function readTyped(
  source: CsvSource,
  signature: readonly ColumnSpec[],
  threads: number | undefined,
): Promise<Table> {
  const columns = startColumns(source, signature);
  const append = (batch: FieldBatch) => {
    const [invalid] = appendCells(columns, batch);
    if (invalid !== undefined) throw new CsvCellError(source.path, invalid);
  };
  const rowCount = await visitRows(source, append, threads);
  return finishColumns(columns, rowCount);
}

async function readInferring(
  source: CsvSource,
  origin: string | ByteSource,
  options: ReadCsvOptions,
): Promise<Table> {
  const { columnTypes = {}, maxDictionary = DEFAULT_MAX_DICTIONARY, threads } = options;
  const specs = Object.entries(columnTypes).map(([name, type]) => ({ name, type, required: true }));
  const typed = startColumns(source, specs);
  const typedNames = new Set(typed.map(({ name }) => name));
  const inferring = source.header.flatMap((name, index) =>
    typedNames.has(name)
      ? []
      : [{ name, index, column: createInferringColumn(source.rowsExpected, maxDictionary) }],
  );
  const append = (batch: FieldBatch) => {
    const [invalid] = appendCells(typed, batch);
    if (invalid !== undefined) throw new CsvCellError(source.path, invalid);
    for (const { index, column } of inferring) column.append(batch, index);
  };
  const rowCount = await visitRows(source, append, threads);

  const columns = new Map<string, Column>();
  for (const [name, column] of finishColumns(typed, rowCount).columns) {
    const isStrings = column.kind === 'categorical';
    columns.set(name, isStrings ? categoricalOrText(column, maxDictionary) : column);
  }
  const reread: string[] = [];
  for (const { name, column } of inferring) {
    const finished = column.finish();
    if (finished === 'reread') reread.push(name);
    else columns.set(name, finished);
  }
  if (reread.length > 0) {
    const strings = await rereadStrings(source, {
      ...{ origin, names: reread, rowCount },
      ...{ reading: options, maxDictionary },
    });
    for (const [name, column] of strings.columns) columns.set(name, column);
  }
  return createTable(
    source.header.map((name) => [name, columns.get(name)!] as const),
    rowCount,
  );
}

/** Read the columns again that turned out to be strings after cells had been taken for numbers. */
async function rereadStrings(
  first: CsvSource,
  options: {
    origin: string | ByteSource;
    names: readonly string[];
    rowCount: number;
    reading: ReadCsvOptions;
    maxDictionary: number;
  },
): Promise<Table> {
  const { reading, maxDictionary } = options;
  const dialect: CsvDialect = { ...reading, delimiter: first.delimiter };
  const source = await openCsvSource(options.origin, dialect);
  try {
    const columns = options.names.map((name) => ({
      name,
      type: 'string' as const,
      index: source.header.indexOf(name),
      filler: createCategoryFiller(source.rowsExpected, maxDictionary),
    }));
    const append = (batch: FieldBatch) => void appendCells(columns, batch);
    const rowCount = await visitRows(source, append, reading.threads);
    if (source.fingerprint !== first.fingerprint || rowCount !== options.rowCount) {
      throw new FileChangedError(first.path);
    }
    return finishColumns(columns, rowCount);
  } finally {
    await source.close();
  }
}
