import { ColumnDuplicateError, isGnuMlopsError } from '@gnu-mlops/core';
import type * as arrowTypes from 'apache-arrow';
import { arrowColumn } from '../arrow/arrow-column.ts';
import { loadArrow } from '../arrow/load-arrow.ts';
import { type CellCollector, collectTables } from '../cell-collector.ts';
import { PackageMissingError } from '../format-errors.ts';
import { readerSource } from '../reader-source.ts';
import type { TableReader, TableReaderRequest } from '../table-reader.ts';
import type { TableSource } from '../table-source.ts';
import { type SqlCell, cellColumn } from './cell-column.ts';
import { inferSqlColumns } from './infer-sql-columns.ts';
import { type Warehouse, openStatement } from './open-statement.ts';
import type { SqlColumn } from './sql-column.ts';
import { sqlFailure } from './sql-failure.ts';
import { type StatementPiece, statementPieces } from './statement-pieces.ts';
import { type DatabricksTableName, quoteIdentifier, quoteTableName } from './table-name.ts';

type Arrow = Awaited<ReturnType<typeof loadArrow>>;

/** The rows to read. */
export type DatabricksRows =
  | {
      readonly table: DatabricksTableName;
      /** Default: all columns. */
      readonly columns?: readonly string[];
    }
  | {
      /** One SQL statement that gives rows. */
      readonly query: string;
      /** What messages and runs call it; default: `query`. */
      readonly name?: string;
    };

/**
 * A table or query of Databricks. Types are those of SQL: DATE and TIMESTAMP become timestamps; BIGINT
 * and DECIMAL become numbers where a double holds all digits of all cells, else text with every digit;
 * binary and nested columns are refused. Rows come in Arrow where `apache-arrow` is installed.
 *
 * A table has no order: where the order of rows matters, as for a split by chance, use a query with
 * ORDER BY. Every pass runs the query again: one that gives other rows each time, or that is dear, is
 * better made a table once before it is read more than once; `read` is one pass. `inferColumns` has the
 * warehouse count rather than fetching rows, where the schema and counts tell the types.
 */
export function databricksTableSource(warehouse: Warehouse, rows: DatabricksRows): TableSource {
  const isTable = 'table' in rows;
  const { catalog, schema, table } = isTable
    ? rows.table
    : { catalog: '', schema: '', table: rows.name ?? 'query' };
  const path = isTable ? `${catalog}.${schema}.${table}` : '';
  const uri = `databricks://${warehouse.workspace.host.host}/${path}`;
  const subject = isTable ? path : table;
  const sourceType = isTable ? 'delta_table' : 'spark';
  const sql = sqlOf(rows);
  const about = { name: table, uri, sourceType };
  const sourceOf = (statement: string) =>
    readerSource(about, (request) => openReader(warehouse, { sql: statement, subject }, request));
  const firstRowsOf = (mostRows: number) => {
    const { fetchRows = 50_000 } = warehouse;
    const few = {
      ...warehouse,
      fetchRows: Math.min(mostRows, fetchRows),
      cloudFetch: 'off',
    } as const;
    return readerSource(about, async (request) => {
      const reader = await openReader(few, { sql, subject }, request);
      return { ...reader, readTables: () => reader.readTables(mostRows) };
    });
  };
  const source = sourceOf(sql);
  const read = async (counting: string, signal: AbortSignal | undefined) =>
    (await sourceOf(counting).read({ signal })).table;
  return {
    ...source,
    readFirst: (mostRows, options) => firstRowsOf(mostRows).read(options),
    inferColumns: async (options = {}) =>
      (await inferSqlColumns(warehouse, { sql, subject, read }, options)) ??
      source.inferColumns!(options),
    sourceDetails: isTable ? { delta_table_name: path } : { sql },
  };
}

function sqlOf(rows: DatabricksRows): string {
  if ('query' in rows) return rows.query;
  const columns = rows.columns?.map(quoteIdentifier).join(', ') ?? '*';
  return `SELECT ${columns} FROM ${quoteTableName(rows.table)}`;
}

async function openReader(
  warehouse: Warehouse,
  { sql, subject }: { readonly sql: string; readonly subject: string },
  { signature, signal }: TableReaderRequest,
): Promise<TableReader> {
  const arrow = await loadArrow('Reading tables of Databricks').catch(withoutArrow);
  const start = (from: Warehouse) => openStatement(from, { sql, subject, signal });
  let statement = await start(warehouse);
  let isClosed = false;
  const columns = statement.columns;
  const header = columns.map(({ name }) => name);
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) {
    await statement.close();
    throw new ColumnDuplicateError(twice);
  }
  const specOf = new Map(signature?.map((spec) => [spec.name, spec]));

  const collectors = () =>
    columns.flatMap((column, index) => {
      if (signature !== undefined && !specOf.has(column.name)) return [];
      const isText = specOf.get(column.name)?.type === 'string';
      const numbers = signature === undefined ? 'free' : isText ? 'text' : 'number';
      return [collectColumn({ arrow, column, index, source: subject, numbers })];
    });

  async function* readTables(batchRows: number) {
    for (let failures = 1, given = 0; ; failures++) {
      try {
        const pieces = statementPieces(statement, { warehouse, arrow, subject, signal });
        for await (const table of collectTables(pieces, batchRows, collectors)) {
          given += table.rowCount;
          yield table;
        }
        return;
      } catch (thrown) {
        signal?.throwIfAborted();
        if (isClosed) return;
        const { kind, error } = sqlFailure(thrown, subject);
        // Rows that somebody has already cannot be taken back: then it is theirs to begin anew.
        const isFinal =
          kind === 'final' || given > 0 || failures >= warehouse.workspace.maxAttempts;
        if (isFinal) throw error;
        await statement.close();
        // What breaks off may be the way to the cloud's storage: the second try keeps off it.
        const isBroken = kind === 'broken';
        statement = await start(isBroken ? { ...warehouse, cloudFetch: 'off' } : warehouse);
        if (isClosed) return statement.close();
      }
    }
  }
  const close = () => {
    isClosed = true;
    return statement.close();
  };
  return { header, readTables, close };
}

function withoutArrow(error: unknown): undefined {
  if (isGnuMlopsError(error) && error.code === PackageMissingError.code) return undefined;
  throw error;
}

interface CollectedColumn {
  readonly arrow: Arrow | undefined;
  readonly column: SqlColumn;
  /** In the result, from 0. */
  readonly index: number;
  readonly source: string;
  readonly numbers: 'free' | 'text' | 'number';
}

const textTypes = new Set(['STRING', 'VARCHAR', 'CHAR']);

/** Collect cells in Arrow as they are; single cells, and what Arrow carries as text, one by one. */
function collectColumn(wanted: CollectedColumn): CellCollector<StatementPiece> {
  const { arrow, column, index, source, numbers } = wanted;
  const { name } = column;
  const parts: { vector: arrowTypes.Vector; from: number; to: number; firstRow: number }[] = [];
  const cells: SqlCell[] = [];
  let type: arrowTypes.DataType | undefined;
  return {
    name,
    append(piece, from, to) {
      if ('cell' in piece) {
        for (let row = from; row < to; row++) cells.push(piece.cell(index, row));
        return;
      }
      const vector = piece.batch.getChildAt(index)!;
      const isTextOnly = arrow!.DataType.isUtf8(vector.type) && !textTypes.has(column.type);
      if (isTextOnly) for (let row = from; row < to; row++) cells.push(vector.get(row));
      else parts.push({ vector, from, to, firstRow: piece.firstRow + from });
      type = vector.type;
    },
    finish: () =>
      parts.length > 0
        ? arrowColumn(arrow!, type!, parts, { source, name, numbers })
        : cellColumn(cells, { source, column, numbers }),
  };
}
