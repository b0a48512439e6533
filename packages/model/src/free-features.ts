import type { Table } from '@gnu-mlops/core';
import type { FeatureMatrix } from '@gnu-mlops/preprocess';

/** Smaller arrays are left to the collector, which is quicker. */
const leastRows = 512;

/**
 * Give back at once what was made of a table on the way to its scores. The collector, which hardly
 * notices how large the arrays are behind its small objects, would let tens of megabytes pile up.
 *
 * @param matrix one that nobody reads any more; columns that it has in common with the table stay.
 */
export function freeFeatures({ columns, rowCount }: FeatureMatrix, table: Table): void {
  if (rowCount < leastRows) return;
  const kept = new Set<ArrayBufferLike>();
  for (const column of table.columns.values()) {
    if (column.kind === 'categorical') kept.add(column.codes.buffer);
    else if (column.kind !== 'text') kept.add(column.values.buffer);
  }
  for (const { buffer } of columns) {
    if (buffer instanceof ArrayBuffer && !kept.has(buffer) && !buffer.detached) buffer.transfer(0);
  }
}
