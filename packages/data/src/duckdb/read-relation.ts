import type { DuckDBConnection, DuckDBVector } from '@duckdb/node-api';
import { type ColumnSpec, MAX_TIME_MS, type Table } from '@gnu-mlops/core';
import { type CellCollector, type RowPiece, collectTables } from '../cell-collector.ts';
import { collectCodes } from '../collect-codes.ts';
import { collectBooleans, collectNumbers, collectStrings } from '../collect-cells.ts';
import { checkNamesDiffer } from '../check-names.ts';
import { CellInvalidError, ColumnNestedError } from '../format-errors.ts';
import { numbersOf } from './numbers-of.ts';
import { type DuckColumn, duckColumn, textColumn } from './duck-column.ts';
import type { ResultFetcher } from './result-fetcher.ts';
import { quoteName, wholeText } from './sql-text.ts';

/** Something that stands behind FROM, and how messages call it. */
export interface DuckRelation {
  readonly source: string;
  readonly sql: string;
  /** Whether it costs no more to read it twice than to scan it twice, as a file. Default: false. */
  readonly isStored?: boolean;
  /** Its columns by place, where DuckDB calls them or their types otherwise. */
  readonly columns?: readonly OwnColumn[];
}

/** A column as a source has it itself. */
export interface OwnColumn {
  readonly name: string;
  /** Its type where it is not to be read, whatever DuckDB makes of it. */
  readonly refused?: string;
}

/** One chunk of a result: a vector a column. */
export interface DuckPiece extends RowPiece {
  /** Of the first row, from 0. */
  readonly firstRow: number;
  readonly vectors: readonly DuckDBVector[];
}

/** The columns of a relation, in their order. */
export async function describeRelation(
  connection: DuckDBConnection,
  { sql, columns = [] }: DuckRelation,
): Promise<DuckColumn[]> {
  const result = await connection.runAndReadAll(
    `SELECT ${wholeText('column_name')}, column_type FROM (DESCRIBE SELECT * FROM ${sql})`,
  );
  return result.getRowsJS().map((row, place) => {
    const duckName = String(row[0]);
    const { name, refused }: OwnColumn = columns[place] ?? { name: duckName };
    const x = quoteName(duckName);
    if (refused !== undefined) return { name, x, duckType: refused, type: undefined, cells: x };
    return duckColumn({ name, x, duckType: String(row[1]) });
  });
}

/**
 * How the columns are read: those of a signature, or all of them, where one that doubles do not hold
 * exactly, such as whole numbers beyond 2^53, is read as text.
 *
 * @throws {ColumnDuplicateError}, {ColumnNestedError}
 */
export async function chooseColumns(
  connection: DuckDBConnection,
  relation: DuckRelation,
  {
    all,
    signature,
  }: {
    readonly all: readonly DuckColumn[];
    readonly signature: readonly ColumnSpec[] | undefined;
  },
): Promise<DuckColumn[]> {
  const specOf = new Map(signature?.map((spec) => [spec.name, spec]));
  const wanted = signature === undefined ? [...all] : all.filter(({ name }) => specOf.has(name));
  const header = all.map(({ name }) => name);
  checkNamesDiffer(header, signature, relation.source);
  for (const { name, duckType, type } of wanted) {
    if (type === undefined) throw new ColumnNestedError(relation.source, name, duckType);
  }
  if (signature !== undefined) {
    return wanted.map((column) => {
      const isNumber = column.type === 'long' || column.duckType.startsWith('DECIMAL');
      const toText = isNumber && specOf.get(column.name)?.type === 'string';
      return toText ? textColumn(column) : column;
    });
  }
  const doubtful = wanted.filter(({ isExact }) => isExact !== undefined);
  if (doubtful.length === 0) return wanted;
  const checks = doubtful.map(({ x, isExact }) => `bool_and(coalesce(${isExact}, ${x} IS NULL))`);
  const result = await connection.runAndReadAll(`SELECT ${checks.join(', ')} FROM ${relation.sql}`);
  const [verdicts = []] = result.getRowsJS();
  const inexact = new Set(doubtful.filter((_, i) => verdicts[i] === false));
  return wanted.map((column) => (inexact.has(column) ? textColumn(column) : column));
}

/** Read the columns of a relation in tables of `batchRows` rows. */
export function readRelation(
  fetcher: ResultFetcher,
  relation: DuckRelation,
  options: {
    readonly columns: readonly DuckColumn[];
    readonly batchRows: number;
    readonly signal?: AbortSignal | undefined;
  },
): AsyncGenerator<Table> {
  const { columns, batchRows, signal } = options;
  // A relation may be asked for none of its columns; its rows count all the same.
  const cells = columns.length === 0 ? ['1'] : columns.map((column) => column.cells);
  const rowsExpected = Math.min(batchRows, mostRowsExpected);
  const sql = `SELECT ${cells.join(', ')} FROM ${relation.sql}`;
  return collectTables(fetchPieces(fetcher, sql, signal), batchRows, () =>
    columns.map((column, index) =>
      startCells(column, { index, source: relation.source, rowsExpected }),
    ),
  );
}

async function* fetchPieces(
  fetcher: ResultFetcher,
  sql: string,
  signal?: AbortSignal,
): AsyncGenerator<DuckPiece> {
  signal?.throwIfAborted();
  await fetcher.run(sql);
  for (let firstRow = 0; ;) {
    const chunk = await fetcher.fetch();
    // What is interrupted has no more rows either.
    signal?.throwIfAborted();
    if (chunk === undefined) return;
    const { rowCount, columnCount } = chunk;
    const vectors = Array.from({ length: columnCount }, (_, i) => chunk.getColumnVector(i));
    yield { rowCount, firstRow, vectors };
    firstRow += rowCount;
  }
}

/** Room made beforehand; a table of more rows grows. */
const mostRowsExpected = 16_384;

interface CellOrigin {
  /** Of the column's vector in a piece. */
  readonly index: number;
  readonly source: string;
  readonly rowsExpected: number;
}

function startCells(
  { name, type, duckType, texts }: DuckColumn,
  { index, source, rowsExpected }: CellOrigin,
): CellCollector<DuckPiece> {
  if (texts !== undefined) {
    const cells = collectCodes(texts, rowsExpected);
    return {
      name,
      append({ vectors }, from, to) {
        cells.append(numbersOf(vectors[index]!), from, to);
      },
      finish: cells.finish,
    };
  }
  if (type === 'boolean') {
    const cells = collectBooleans(rowsExpected);
    return {
      name,
      append({ vectors }, from, to) {
        const values = numbersOf(vectors[index]!);
        for (let i = from; i < to; i++) cells.push(values[i] === 255 ? null : values[i] === 1);
      },
      finish: cells.finish,
    };
  }
  if (type === 'string') {
    const cells = collectStrings();
    return {
      name,
      append({ vectors }, from, to) {
        const vector = vectors[index]!;
        for (let i = from; i < to; i++) cells.push(vector.getItem(i) as string);
      },
      finish: cells.finish,
    };
  }
  const kind = type === 'long' ? 'integer' : type === 'datetime' ? 'timestamp' : 'numeric';
  const cells = collectNumbers(kind, rowsExpected);
  return {
    name,
    append({ vectors, firstRow }, from, to) {
      const values = numbersOf(vectors[index]!);
      for (let i = from; i < to; i++) {
        const value = values[i]!;
        if (kind === 'integer' && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
          const found = `${duckType} of about ${value}`;
          const cell = { row: firstRow + i + 1, column: name, type: 'long' as const, found };
          throw new CellInvalidError(source, cell);
        }
        if (kind === 'timestamp' && Math.abs(value) > MAX_TIME_MS) {
          const found = `${duckType} of ${value} ms`;
          const cell = { row: firstRow + i + 1, column: name, type: 'datetime' as const, found };
          throw new CellInvalidError(source, cell);
        }
      }
      cells.append(values, from, to);
    },
    finish: cells.finish,
  };
}
