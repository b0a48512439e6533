import type { Column } from '@gnu-mlops/core';
import { type Hash64, absorbHigh, absorbLow, hashText, spread } from './hash64.ts';

/** The sums of the cell hashes of every row, half by half. */
export interface RowSums {
  readonly high: Int32Array;
  readonly low: Int32Array;
}

/** What is hashed between a cell's column and its value. */
const families = { missing: 1, number: 2, boolean: 3, string: 4, timestamp: 5 } as const;

/** Which of the two words of a double in memory holds the lower bits. */
const lowWord = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/** Add the hash of every cell of a column, whose name's hash is `key`, to the sum of its row. */
export function addCellHashes(column: Column, key: Hash64, rows: RowSums): void {
  switch (column.kind) {
    case 'numeric':
    case 'integer':
      return addNumbers(column.values, { key, family: families.number }, rows);
    case 'timestamp':
      return addNumbers(column.values, { key, family: families.timestamp }, rows);
    case 'boolean': {
      const seed = seedOf(key, families.boolean);
      const hashes = [0, 1].map((value) => cellHash(seed, { high: 0, low: value }));
      return addCodes(column.values, { hashes, missing: missingHash(key) }, rows);
    }
    case 'categorical': {
      const seed = seedOf(key, families.string);
      const hashes = column.dictionary.map((text) => cellHash(seed, hashText(text)));
      return addCodes(column.codes, { hashes, missing: missingHash(key) }, rows);
    }
    case 'text': {
      const seed = seedOf(key, families.string);
      const missing = missingHash(key);
      for (const [row, text] of column.values.entries()) {
        addTo(rows, row, text === null ? missing : cellHash(seed, hashText(text)));
      }
    }
  }
}

function addNumbers(
  values: Float64Array,
  { key, family }: { key: Hash64; family: number },
  rows: RowSums,
): void {
  const seed = seedOf(key, family);
  const missing = missingHash(key);
  const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) {
      addTo(rows, row, missing);
      continue;
    }
    const low = value === 0 ? 0 : words[row * 2 + lowWord]!;
    const high = value === 0 ? 0 : words[row * 2 + 1 - lowWord]!;
    addTo(rows, row, cellHash(seed, { high, low }));
  }
}

/** A code without a hash is a missing cell. */
function addCodes(
  codes: Int32Array | Uint8Array,
  { hashes, missing }: { hashes: readonly Hash64[]; missing: Hash64 },
  rows: RowSums,
): void {
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    addTo(rows, row, code >= 0 && code < hashes.length ? hashes[code]! : missing);
  }
}

function addTo(rows: RowSums, row: number, hash: Hash64): void {
  rows.high[row] = rows.high[row]! + hash.high;
  rows.low[row] = rows.low[row]! + hash.low;
}

function seedOf(key: Hash64, family: number): Hash64 {
  return { high: absorbHigh(key.high, family), low: absorbLow(key.low, family) };
}

function cellHash(seed: Hash64, value: Hash64): Hash64 {
  return {
    high: spread(absorbHigh(absorbHigh(seed.high, value.high), value.low)),
    low: spread(absorbLow(absorbLow(seed.low, value.high), value.low)),
  };
}

function missingHash(key: Hash64): Hash64 {
  return cellHash(seedOf(key, families.missing), { high: 0, low: 0 });
}
