import { type Column, MISSING_BOOLEAN } from '@gnu-mlops/core';
import { createStringPool } from './string-pool.ts';

/** The number of different values in a column; missing is none. */
export function countDistinct(column: Column): number {
  switch (column.kind) {
    case 'categorical':
      return countCodes(column.codes, column.dictionary.length);
    case 'boolean':
      return countCodes(column.values, MISSING_BOOLEAN);
    case 'text':
      return countTexts(column.values);
    default:
      return countNumbers(column.values);
  }
}

/** Codes of `size` and more, and negative ones, are missing. */
function countCodes(codes: Int32Array | Uint8Array, size: number): number {
  const isSeen = new Uint8Array(size);
  let distinct = 0;
  for (const code of codes) {
    if (isSeen[code] === 0) {
      isSeen[code] = 1;
      distinct++;
    }
  }
  return distinct;
}

function countNumbers(values: Float64Array): number {
  // Sorting puts missing cells last. It is as fast as a Set, which would have a greatest size.
  const sorted = values.slice().sort();
  let distinct = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  }
  return distinct;
}

function countTexts(values: readonly (string | null)[]): number {
  const pool = createStringPool();
  for (const text of values) {
    if (text === null) continue;
    const bytes = Buffer.from(text);
    pool.codeOf(bytes, 0, bytes.length);
  }
  return pool.size;
}
