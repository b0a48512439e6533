import { type Table, sliceRows } from '@gnu-mlops/core';
import type { ReadingContext } from './copy-rows.ts';
import { openPlainSource } from './open-plain-source.ts';
import type { FileSource, OpenedSource } from './training-source.ts';

/** The first rows of a source. */
export interface FirstRows {
  readonly table: Table;
  /** Whether there are rows behind them. */
  readonly hasMore: boolean;
  /** Rows left out because the caller asked for it, of all that were read. */
  readonly skippedRowCount: number;
}

/**
 * Read the first rows of a source. What declares its types, such as a query, or a warehouse is asked for
 * no more than these; anything else is read whole, since all cells decide about types.
 *
 * @param mostRows a whole number, at least 0.
 */
export async function readFirstRows(
  from: FileSource | OpenedSource,
  mostRows: number,
  { signal }: ReadingContext = {},
): Promise<FirstRows> {
  const source = openPlainSource(from);
  const { columnTypes } = from;
  const asked = mostRows + 1;
  if (source.openDeclared === undefined) {
    const options = { columnTypes, signal };
    const { table, skippedRows } = await (source.readFirst?.(asked, options) ??
      source.read(options));
    return { ...cut(table, mostRows), skippedRowCount: skippedRows.count };
  }
  const options = { columnTypes, batchRows: asked, mostRows: asked, signal };
  const stream = await source.openDeclared(options);
  for await (const { table } of stream) {
    return { ...cut(table, mostRows), skippedRowCount: stream.skippedRows.count };
  }
  throw new Error('A stream of declared types has at least one chunk.');
}

function cut(table: Table, mostRows: number): Pick<FirstRows, 'table' | 'hasMore'> {
  if (table.rowCount <= mostRows) return { table, hasMore: false };
  return { table: sliceRows(table, 0, mostRows), hasMore: true };
}
