import { type ColumnSpec, type Table, createTable, takeRows } from '@gnu-mlops/core';
import { categoricalOrText } from '../categorical-or-text.ts';
import { concatTables } from '../concat-tables.ts';
import type { TableSource } from '../table-source.ts';
import { usedCategories } from './used-categories.ts';

/** Which rows are taken. */
export interface SampleRowsOptions {
  /** The columns, and their types. */
  readonly signature: readonly ColumnSpec[];
  /** Of the source, such as `inferColumns` counted them. */
  readonly rowCount: number;
  /** At least 1. */
  readonly mostRows: number;
  readonly signal?: AbortSignal | undefined;
}

const batchRows = 4096;

/** At most `mostRows` rows of a source, evenly from all of it, and in its order. */
export async function sampleRows(
  source: TableSource,
  { signature, rowCount, mostRows, signal }: SampleRowsOptions,
): Promise<Table> {
  const stride = Math.max(1, Math.ceil(rowCount / mostRows));
  const parts: { name: string; table: Table }[] = [];
  for await (const { table, firstRow } of await source.open({ signature, batchRows, signal })) {
    const rows: number[] = [];
    const first = (stride - (firstRow % stride)) % stride;
    for (let row = first; row < table.rowCount; row += stride) rows.push(row);
    if (rows.length > 0) {
      const taken = takeRows(table, Int32Array.from(rows));
      // Left as they are, the texts of all rows would be held for those of a few.
      const columns = Array.from(
        taken.columns,
        ([name, column]) => [name, usedCategories(column)] as const,
      );
      parts.push({ name: source.uri, table: createTable(columns, taken.rowCount) });
    }
  }
  const sample = concatTables(parts);
  return createTable(
    Array.from(sample.columns, ([name, column]) => {
      const isStrings = column.kind === 'categorical';
      return [name, isStrings ? categoricalOrText(column) : column] as const;
    }),
    sample.rowCount,
  );
}
