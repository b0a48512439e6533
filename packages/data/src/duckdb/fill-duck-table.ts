import type * as DuckDb from '@duckdb/node-api';
import type {
  DuckDBAppender,
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBType,
} from '@duckdb/node-api';
import { type Column, type Table, MISSING_BOOLEAN } from '@gnu-mlops/core';
import { toMicroseconds } from '../to-microseconds.ts';
import { quoteName } from './sql-text.ts';

/** A table of DuckDB in the making. */
interface DuckTable {
  /** Append the rows of a table with the same columns. */
  append(table: Table): void;
  /** Make all rows visible to queries. */
  finish(): void;
}

/** The most rows that DuckDB takes at a time. */
const chunkRows = 2048;

/** Make a table of DuckDB out of pieces with the same columns, at least one. */
export async function fillDuckTable(
  connection: DuckDBConnection,
  name: string,
  pieces: AsyncIterable<Table> | Iterable<Table>,
): Promise<void> {
  let rows: DuckTable | undefined;
  for await (const piece of pieces) {
    rows ??= await createDuckTable(connection, name, piece);
    rows.append(piece);
  }
  rows?.finish();
}

/**
 * Create a table of DuckDB with the columns of `like`: numbers are DOUBLE, whole numbers BIGINT,
 * booleans BOOLEAN, strings VARCHAR, times TIMESTAMP (microseconds); a missing cell is NULL.
 */
async function createDuckTable(
  connection: DuckDBConnection,
  name: string,
  like: Table,
): Promise<DuckTable> {
  const api = await import('@duckdb/node-api');
  const columns = Array.from(
    like.columns,
    ([column, { kind }]) => `${quoteName(column)} ${sqlTypeOf[kind]}`,
  );
  await connection.run(`CREATE TABLE ${quoteName(name)} (${columns.join(', ')})`);
  const appender: DuckDBAppender = await connection.createAppender(name);
  const types: DuckDBType[] = [];
  for (let i = 0; i < columns.length; i++) types.push(appender.columnType(i));

  return {
    append(table) {
      const cells = [...table.columns.values()].map(cellReader);
      for (let from = 0; from < table.rowCount; from += chunkRows) {
        const rows = Math.min(chunkRows, table.rowCount - from);
        const chunk: DuckDBDataChunk = api.DuckDBDataChunk.create(types, rows);
        for (const [index, cell] of cells.entries()) {
          const vector = chunk.getColumnVector(index);
          for (let row = 0; row < rows; row++) vector.setItem(row, cell(from + row, api));
          vector.flush();
        }
        appender.appendDataChunk(chunk);
      }
    },
    finish: () => appender.closeSync(),
  };
}

const sqlTypeOf = {
  numeric: 'DOUBLE',
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  categorical: 'VARCHAR',
  text: 'VARCHAR',
  timestamp: 'TIMESTAMP',
} as const satisfies Record<Column['kind'], string>;

type DuckApi = typeof DuckDb;
type DuckCell = Parameters<ReturnType<DuckDBDataChunk['getColumnVector']>['setItem']>[1];

/** How the cells of a column are handed over. */
function cellReader(column: Column): (row: number, api: DuckApi) => DuckCell {
  switch (column.kind) {
    case 'numeric':
      return (row) => present(column.values[row]!);
    case 'integer':
      return (row) => {
        const value = column.values[row]!;
        return Number.isNaN(value) ? null : BigInt(value);
      };
    case 'boolean':
      return (row) => {
        const value = column.values[row]!;
        return value === MISSING_BOOLEAN ? null : value === 1;
      };
    case 'categorical':
      return (row) => column.dictionary[column.codes[row]!] ?? null;
    case 'text':
      return (row) => column.values[row] ?? null;
    case 'timestamp':
      return (row, api) => {
        const ms = column.values[row]!;
        if (Number.isNaN(ms)) return null;
        return new api.DuckDBTimestampValue(toMicroseconds(ms));
      };
  }
}

function present(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
