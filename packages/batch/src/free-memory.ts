import type { Table } from '@gnu-mlops/core';
import type { RowPredictions } from './added-columns.ts';

/**
 * Give the memory of a table back at once. Left to the collector, which hardly notices how large the
 * arrays are behind its small objects, the tables of a long file pile up to tens of megabytes.
 *
 * @param table one that nobody else has, and nobody reads any more.
 */
export function freeTable({ columns }: Table): void {
  for (const column of columns.values()) {
    if (column.kind === 'categorical') freeArray(column.codes);
    else if (column.kind !== 'text') freeArray(column.values);
  }
}

/** As {@link freeTable}, of what was predicted. */
export function freePredictions(predictions: RowPredictions): void {
  if (predictions.task === 'regression') return freeArray(predictions.values);
  freeArray(predictions.labels);
  freeArray(predictions.probabilities);
}

function freeArray({ buffer }: { readonly buffer: ArrayBufferLike }): void {
  if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
}
