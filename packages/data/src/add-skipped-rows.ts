import type { SkippedRows } from './csv-source.ts';

/** The rows that were left out of several sources so far. */
export interface SkippedRowsTotal extends SkippedRows {
  count: number;
  readonly lines: number[];
}

/** Count the rows that were left out of one source more. */
export function addSkippedRows(total: SkippedRowsTotal, { count, lines }: SkippedRows): void {
  total.count += count;
  total.lines.push(...lines);
}
