import type { Column, Table } from '@gnu-mlops/core';
import { createTable } from '@gnu-mlops/core';

/** Collects one column out of pieces of some format. */
export interface CellCollector<Piece> {
  readonly name: string;
  /** Append the cells of the piece's rows `from` to before `to`. */
  append(piece: Piece, from: number, to: number): void;
  /** The column so far. The collector must not be used afterwards. */
  finish(): Column;
}

/** Some consecutive rows as a format's own reader hands them out. */
export interface RowPiece {
  readonly rowCount: number;
}

/**
 * Gather pieces of any size into tables of `batchRows` rows; the last one may have fewer. No rows at all
 * are one table without rows.
 *
 * @param start makes the collectors of one table.
 */
export async function* collectTables<Piece extends RowPiece>(
  pieces: AsyncIterable<Piece>,
  batchRows: number,
  start: () => readonly CellCollector<Piece>[],
): AsyncGenerator<Table> {
  let collectors = start();
  let rowCount = 0;
  let isFirst = true;
  for await (const piece of pieces) {
    for (let from = 0; from < piece.rowCount;) {
      const to = Math.min(piece.rowCount, from + batchRows - rowCount);
      for (const collector of collectors) collector.append(piece, from, to);
      rowCount += to - from;
      from = to;
      if (rowCount < batchRows) continue;
      yield finishTable(collectors, rowCount);
      isFirst = false;
      collectors = start();
      rowCount = 0;
    }
  }
  if (rowCount > 0 || isFirst) yield finishTable(collectors, rowCount);
}

/** The table that collectors have gathered. */
export function finishTable<Piece>(
  collectors: readonly CellCollector<Piece>[],
  rowCount: number,
): Table {
  return createTable(
    collectors.map((collector) => [collector.name, collector.finish()] as const),
    rowCount,
  );
}
