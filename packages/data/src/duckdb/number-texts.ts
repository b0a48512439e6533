import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckColumn } from './duck-column.ts';
import type { DuckRelation } from './read-relation.ts';
import { quoteName, quoteText, wholeText } from './sql-text.ts';

/** Fewer rows are read before their texts would be known. */
const fewestRows = 20_000;
/** A column that has more different texts than this among its first rows is read as it is. */
const mostTextsSampled = 1_000;
const mostTexts = 65_535;

/**
 * Have DuckDB hand out numbers in place of texts where a column has few different ones: a text that
 * becomes a string of JavaScript cell by cell costs twenty times as much. The cells stay the same.
 *
 * @param columns of a relation that may be read twice.
 */
export async function numberTexts(
  connection: DuckDBConnection,
  { sql }: DuckRelation,
  columns: readonly DuckColumn[],
): Promise<DuckColumn[]> {
  const counts = columns.map(({ name, type }) =>
    type === 'string' ? `approx_count_distinct(${quoteName(name)})::INTEGER` : 'NULL',
  );
  const sample = `SELECT count(*)::INTEGER, ${counts.join(', ')} FROM (SELECT * FROM ${sql} LIMIT ${fewestRows})`;
  const result = await connection.runAndReadAll(sample);
  const [[rows = 0, ...found] = []] = result.getRowsJS() as (number | null)[][];
  if (rows! < fewestRows) return [...columns];
  const numbered: DuckColumn[] = [];
  for (const [index, column] of columns.entries()) {
    const few = found[index] != null && found[index] <= mostTextsSampled;
    // Beyond DuckDB's memory a column has no list of its texts, but is read all the same.
    const texts = few ? await distinctTexts(connection, sql, column.name).catch(() => []) : [];
    numbered.push(await numberColumn(connection, column, { texts, type: `texts_${index}` }));
  }
  return numbered;
}

async function distinctTexts(
  connection: DuckDBConnection,
  sql: string,
  name: string,
): Promise<string[]> {
  const x = `${quoteName(name)}::VARCHAR`;
  const query = `SELECT ${wholeText('text')} FROM (SELECT DISTINCT ${x} AS text FROM ${sql} WHERE ${quoteName(name)} IS NOT NULL)`;
  const result = await connection.runAndReadAll(query);
  return result.getRowsJS().map(([text]) => text as string);
}

async function numberColumn(
  connection: DuckDBConnection,
  column: DuckColumn,
  { texts, type }: { readonly texts: readonly string[]; readonly type: string },
): Promise<DuckColumn> {
  const isWritable = texts.every((text) => !text.includes('\0'));
  if (texts.length === 0 || texts.length > mostTexts || !isWritable) return column;
  await connection.run(`CREATE TYPE ${type} AS ENUM (${texts.map(quoteText).join(', ')})`);
  const code = `enum_code(${quoteName(column.name)}::VARCHAR::${type})::INTEGER`;
  return { ...column, cells: `coalesce(${code}, -1)`, texts };
}
