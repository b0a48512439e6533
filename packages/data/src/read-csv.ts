import {
  type Column,
  type ColumnSpec,
  type SignatureType,
  type Table,
  createTable,
} from '@gnu-mlops/core';
import type { ByteSource } from './byte-source.ts';
import { categoricalOrText } from './categorical-or-text.ts';
import { type ColumnSchema, describeColumns } from './column-schema.ts';
import { type CsvDialect, type CsvSource, type SkippedRows, openCsvSource } from './csv-source.ts';
import { CsvCellError, DataOptionError, FileChangedError } from './errors.ts';
import type { FieldBatch } from './field-batch.ts';
import { createInferringColumn } from './infer-column.ts';
import { createStringFiller } from './string-filler.ts';
import { appendCells, finishColumns, startColumns } from './typed-columns.ts';

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
  const { signature, columnTypes } = options;
  if (signature !== undefined && columnTypes !== undefined) {
    throw new DataOptionError('columnTypes', 'left out where a signature gives all types');
  }
  const source = await openCsvSource(origin, options);
  try {
    const table =
      signature === undefined
        ? await readInferring(source, origin, options)
        : await readTyped(source, signature);
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

async function readTyped(source: CsvSource, signature: readonly ColumnSpec[]): Promise<Table> {
  const columns = startColumns(source, signature);
  const rowCount = await forEachBatch(source, (batch) => {
    const [invalid] = appendCells(columns, batch);
    if (invalid !== undefined) throw new CsvCellError(source.path, invalid);
  });
  return finishColumns(columns, rowCount);
}

async function readInferring(
  source: CsvSource,
  origin: string | ByteSource,
  options: ReadCsvOptions,
): Promise<Table> {
  const { columnTypes = {}, maxDictionary } = options;
  const specs = Object.entries(columnTypes).map(([name, type]) => ({ name, type, required: true }));
  const typed = startColumns(source, specs);
  const typedNames = new Set(typed.map(({ name }) => name));
  const inferring = source.header.flatMap((name, index) =>
    typedNames.has(name)
      ? []
      : [{ name, index, column: createInferringColumn(source.rowsExpected) }],
  );
  const rowCount = await forEachBatch(source, (batch) => {
    const [invalid] = appendCells(typed, batch);
    if (invalid !== undefined) throw new CsvCellError(source.path, invalid);
    for (const { index, column } of inferring) column.append(batch, index);
  });

  const columns = new Map<string, Column>(finishColumns(typed, rowCount).columns);
  const reread: string[] = [];
  for (const { name, column } of inferring) {
    const finished = column.finish();
    if (finished === 'reread') reread.push(name);
    else columns.set(name, finished);
  }
  if (reread.length > 0) {
    const strings = await rereadStrings(source, {
      ...{ origin, names: reread, rowCount },
      dialect: options,
    });
    for (const [name, column] of strings.columns) columns.set(name, column);
  }
  return createTable(
    source.header.map((name) => {
      const column = columns.get(name)!;
      const isStrings = column.kind === 'categorical';
      return [name, isStrings ? categoricalOrText(column, maxDictionary) : column] as const;
    }),
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
    dialect: CsvDialect;
  },
): Promise<Table> {
  const dialect = { ...options.dialect, delimiter: first.delimiter };
  const source = await openCsvSource(options.origin, dialect);
  try {
    const columns = options.names.map((name) => ({
      name,
      type: 'string' as const,
      index: source.header.indexOf(name),
      filler: createStringFiller(source.rowsExpected),
    }));
    const rowCount = await forEachBatch(source, (batch) => void appendCells(columns, batch));
    if (source.fingerprint !== first.fingerprint || rowCount !== options.rowCount) {
      throw new FileChangedError(first.path);
    }
    return finishColumns(columns, rowCount);
  } finally {
    await source.close();
  }
}

/** @returns the number of rows. */
async function forEachBatch(
  source: CsvSource,
  visit: (batch: FieldBatch) => void,
): Promise<number> {
  const batch = source.createBatch();
  let rowCount = 0;
  while (await source.readRows(batch, Number.MAX_SAFE_INTEGER)) {
    visit(batch);
    rowCount += batch.rowCount;
  }
  return rowCount;
}
