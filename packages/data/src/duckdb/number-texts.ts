import type { DuckDBConnection } from '@duckdb/node-api';
import type { DuckColumn } from './duck-column.ts';
import type { DuckRelation } from './read-relation.ts';
import { quoteText, wholeText } from './sql-text.ts';

/** Fewer rows are read before their texts would be known. */
const fewestRows = 20_000;
const rowsSampled = 2048;
/** A column that has more different texts than this among the rows sampled is read as it is. */
const mostTextsSampled = 900;
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
  const repetitive = await repetitiveColumns(connection, sql, columns);
  if (repetitive.length === 0) return [...columns];
  const texts = await distinctTexts(connection, sql, repetitive);
  const numbered = new Map<DuckColumn, DuckColumn>();
  const types: string[] = [];
  for (const [i, column] of repetitive.entries()) {
    const its = texts[i]!;
    const isWritable = its.every((text) => !text.includes('\0'));
    if (its.length === 0 || its.length > mostTexts || !isWritable) continue;
    const type = `texts_${i}`;
    types.push(`CREATE TYPE ${type} AS ENUM (${its.map(quoteText).join(', ')})`);
    const code = `enum_code(${column.x}::VARCHAR::${type})::INTEGER`;
    numbered.set(column, { ...column, cells: `coalesce(${code}, -1)`, texts: its });
  }
  if (types.length > 0) await connection.run(types.join('; '));
  return columns.map((column) => numbered.get(column) ?? column);
}

/** The columns of texts that have few different ones among the first rows, if there are many rows. */
async function repetitiveColumns(
  connection: DuckDBConnection,
  sql: string,
  columns: readonly DuckColumn[],
): Promise<DuckColumn[]> {
  const texts = columns.filter(({ type }) => type === 'string');
  if (texts.length === 0) return [];
  const counts = texts.map(({ x }) => `approx_count_distinct(${x})::INTEGER`);
  const cells = texts.map(({ x }) => x);
  const rows = `SELECT count(*)::INTEGER FROM (SELECT 1 FROM ${sql} LIMIT ${fewestRows})`;
  const sample = `SELECT ${cells.join(', ')} FROM ${sql} LIMIT ${rowsSampled}`;
  const result = await connection.runAndReadAll(
    `SELECT (${rows}), ${counts.join(', ')} FROM (${sample})`,
  );
  const [[rowCount = 0, ...found] = []] = result.getRowsJS() as number[][];
  if (rowCount < fewestRows) return [];
  return texts.filter((_, i) => found[i]! <= mostTextsSampled);
}

/** The different texts of each column, or one more than may be numbered; none where memory is short. */
async function distinctTexts(
  connection: DuckDBConnection,
  sql: string,
  columns: readonly DuckColumn[],
): Promise<string[][]> {
  const read = async (columns: readonly DuckColumn[]): Promise<string[][]> => {
    const queries = columns.map(({ x }, i) => {
      const distinct = `SELECT DISTINCT ${x}::VARCHAR AS text FROM ${sql} WHERE ${x} IS NOT NULL`;
      return `SELECT ${i}, ${wholeText('text')} FROM (${distinct} LIMIT ${mostTexts + 1})`;
    });
    const texts = columns.map((): string[] => []);
    const result = await connection.runAndReadAll(queries.join(' UNION ALL '));
    for (const [i, text] of result.getRowsJS() as [number, string][]) texts[i]!.push(text);
    return texts;
  };
  try {
    return await read(columns);
  } catch {
    // Beyond DuckDB's memory a column has no list of its texts, but is read all the same.
    const texts: string[][] = [];
    for (const column of columns) {
      const [alone = []] = await read([column]).catch(() => []);
      texts.push(alone);
    }
    return texts;
  }
}
