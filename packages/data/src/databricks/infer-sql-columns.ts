import { type SignatureType, type Table, cellValue } from '@gnu-mlops/core';
import {
  type InferColumnsOptions,
  type InferredColumns,
  type TypeFinder,
  inferredColumns,
} from '../inference/inferred-columns.ts';
import { DatabricksRequestError } from './databricks-errors.ts';
import { type StatementRequest, type Warehouse, openStatement } from './open-statement.ts';
import type { SqlColumn } from './sql-column.ts';
import { quoteIdentifier } from './table-name.ts';

/** The rows whose columns are found out, and how other rows are read. */
export interface SqlInference extends Pick<StatementRequest, 'sql' | 'subject'> {
  /** Read what a statement gives. */
  readonly read: (sql: string, signal: AbortSignal | undefined) => Promise<Table>;
}

/**
 * Find out the columns of a statement's rows without fetching these: the schema tells most types, and
 * the warehouse counts what it does not tell. The statement runs once more than it does for its rows.
 *
 * @returns undefined where only the rows themselves tell: decimals of more than 15 digits, columns that
 *   cannot be read, and statements that are no query.
 */
export async function inferSqlColumns(
  warehouse: Warehouse,
  { sql, subject, read }: SqlInference,
  options: InferColumnsOptions,
): Promise<InferredColumns | undefined> {
  // Within brackets, other statements may be taken for names: SHOW TABLES for a table and its alias.
  if (!/^\s*(?:SELECT|WITH)\b/i.test(sql)) return undefined;
  const { columnTypes = {}, signal } = options;
  const relation = `(\n${sql.replace(/[;\s]+$/, '')}\n)`;
  try {
    const empty = { sql: `SELECT * FROM ${relation} LIMIT 0`, subject, signal };
    const statement = await openStatement(warehouse, empty);
    await statement.close();
    const { columns } = statement;
    const names = new Set(columns.map(({ name }) => name));
    const isTold = columns.every(
      (column) =>
        kindOf(column) !== undefined ||
        (column.type === 'DECIMAL' && Object.hasOwn(columnTypes, column.name)),
    );
    if (columns.length === 0 || names.size < columns.length || !isTold) return undefined;
    const counts = columns.flatMap((column, index) => countsOf(column, index));
    const table = await read(
      `SELECT COUNT(*) AS row_count, ${counts.join(', ')} FROM ${relation}`,
      signal,
    );
    const counted = (name: string) => Number(cellValue(table.columns.get(name)!, 0));
    const rowCount = counted('row_count');
    const finders = new Map(
      columns.map((column, index) => [column.name, finderOf(column, { index, rowCount, counted })]),
    );
    return inferredColumns(finders, rowCount, { ...options, source: subject });
  } catch (error) {
    if (error instanceof DatabricksRequestError) return undefined;
    throw error;
  }
}

type Kind = 'boolean' | 'number' | 'whole' | 'long' | 'string' | 'datetime';

const kinds: { readonly [type: string]: Kind } = {
  BOOLEAN: 'boolean',
  TINYINT: 'whole',
  SMALLINT: 'whole',
  INT: 'whole',
  BIGINT: 'long',
  FLOAT: 'number',
  DOUBLE: 'number',
  VOID: 'number',
  DATE: 'datetime',
  TIMESTAMP: 'datetime',
  STRING: 'string',
  VARCHAR: 'string',
  CHAR: 'string',
  'INTERVAL YEAR TO MONTH': 'string',
  'INTERVAL DAY TO SECOND': 'string',
};
/** Digits that every double holds. */
const exactDigits = 15;

function kindOf({ type, precision }: SqlColumn): Kind | undefined {
  if (type === 'DECIMAL') return precision <= exactDigits ? 'number' : undefined;
  return kinds[type];
}

/** What the warehouse is asked about a column: how many values it has, and whether doubles hold them. */
function countsOf({ name, type }: SqlColumn, index: number): string[] {
  const column = quoteIdentifier(name);
  const isFloat = type === 'FLOAT' || type === 'DOUBLE';
  const value = isFloat ? `CASE WHEN NOT isnan(${column}) THEN ${column} END` : column;
  const found = [`COUNT(${value}) AS values_${index}`];
  if (type !== 'BIGINT') return found;
  const { MAX_SAFE_INTEGER: largest } = Number;
  const isTooLong = `${column} > ${largest} OR ${column} < -${largest}`;
  return [...found, `COUNT(CASE WHEN ${isTooLong} THEN 1 END) AS long_${index}`];
}

function finderOf(
  column: SqlColumn,
  {
    index,
    rowCount,
    counted,
  }: {
    readonly index: number;
    readonly rowCount: number;
    readonly counted: (name: string) => number;
  },
): TypeFinder {
  const kind = kindOf(column);
  const values = counted(`values_${index}`);
  const isText = kind === 'long' && counted(`long_${index}`) > 0;
  const isWhole = kind === 'long' || kind === 'whole';
  const typeOf = (): SignatureType => {
    if (isText) return 'string';
    if (isWhole) return values < rowCount ? 'double' : 'long';
    return kind === 'number' || kind === undefined ? 'double' : (kind as SignatureType);
  };
  const hasValue = () => kind !== 'number' || values > 0;
  const finder = { find: typeOf, hasValue, isWhole: () => isWhole && !isText };
  return finder;
}
