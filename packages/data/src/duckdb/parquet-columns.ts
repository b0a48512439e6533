import type { DuckDBConnection } from '@duckdb/node-api';
import { parquetFiles } from './parquet-relation.ts';
import type { OwnColumn } from './read-relation.ts';
import { wholeText } from './sql-text.ts';

/** An element of a schema, before those that it holds. */
interface SchemaRow {
  readonly name: string;
  readonly childCount: number;
  readonly precision: number;
  readonly scale: number;
}

/** The most digits of a decimal that DuckDB reads right; doubles of others are off by powers of two. */
const mostDigits = 38;

/**
 * The columns of Parquet files as these have them, file by file: DuckDB changes a name that differs
 * from an earlier one in upper and lower case alone, and is wrong about decimals of many digits.
 */
export async function parquetColumns(
  connection: DuckDBConnection,
  paths: readonly string[],
): Promise<OwnColumn[][]> {
  const result = await connection.runAndReadAll(
    `SELECT ${wholeText('name')}, coalesce(num_children, 0)::DOUBLE, coalesce(precision, 0)::DOUBLE,
       coalesce(scale, 0)::DOUBLE FROM parquet_schema(${parquetFiles(paths)})`,
  );
  const rows = result.getRowsJS().map((row): SchemaRow => {
    const [name, childCount, precision, scale] = row as [string, number, number, number];
    return { name, childCount, precision, scale };
  });
  const files: OwnColumn[][] = [];
  for (let at = 0; at < rows.length;) {
    const columns: OwnColumn[] = [];
    const { childCount } = rows[at++]!;
    for (let i = 0; i < childCount && at < rows.length; i++) {
      const end = endOf(rows, at);
      columns.push(ownColumn(rows.slice(at, end)));
      at = end;
    }
    files.push(columns);
  }
  return files;
}

/** Where what an element holds ends. */
function endOf(rows: readonly SchemaRow[], start: number): number {
  let at = start;
  for (let open = 1; open > 0 && at < rows.length; at++) open += rows[at]!.childCount - 1;
  return at;
}

function ownColumn(elements: readonly SchemaRow[]): OwnColumn {
  const { name } = elements[0]!;
  const wide = elements.find(({ precision }) => precision > mostDigits);
  return wide === undefined
    ? { name }
    : { name, refused: `DECIMAL(${wide.precision},${wide.scale})` };
}
