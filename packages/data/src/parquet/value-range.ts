import { type Column, MISSING_BOOLEAN } from '@gnu-mlops/core';
import { toMicroseconds } from '../to-microseconds.ts';
import type { TextNumbers } from './encode-cells.ts';

/** The least and the greatest value of a column chunk, by which readers pass over row groups. */
export interface ValueRange {
  see(column: Column): void;
  /** Each as a plain value of Parquet; undefined where they are not known. */
  find(
    texts: TextNumbers,
  ): { readonly least: Uint8Array; readonly greatest: Uint8Array } | undefined;
}

/** Longer texts are no help to a reader, and make the footer large. */
const mostTextBytes = 64;

/** Start without values. Those of texts are known where all of them are numbered. */
export function createValueRange(kind: Column['kind']): ValueRange {
  let least = Infinity;
  let greatest = -Infinity;
  let hasPlainTexts = false;

  return {
    see(column) {
      if (column.kind === 'text') hasPlainTexts = true;
      if (column.kind === 'text' || column.kind === 'categorical') return;
      for (const value of column.values) {
        if (column.kind === 'boolean' && value === MISSING_BOOLEAN) continue;
        // Neither is true of NaN, which is missing.
        if (value < least) least = value;
        if (value > greatest) greatest = value;
      }
    },
    find(texts) {
      if (kind === 'text' || kind === 'categorical') {
        return hasPlainTexts ? undefined : rangeOfTexts(texts);
      }
      if (least > greatest) return undefined;
      // Readers that tell them apart must find both zeros within.
      if (kind === 'numeric') {
        return { least: encode(kind, least || -0), greatest: encode(kind, greatest || 0) };
      }
      return { least: encode(kind, least), greatest: encode(kind, greatest) };
    },
  };
}

function rangeOfTexts(texts: TextNumbers): ReturnType<ValueRange['find']> {
  let least: Buffer | undefined;
  let greatest: Buffer | undefined;
  for (const text of texts.keys()) {
    const bytes = Buffer.from(text);
    if (least === undefined || Buffer.compare(bytes, least) < 0) least = bytes;
    if (greatest === undefined || Buffer.compare(bytes, greatest) > 0) greatest = bytes;
  }
  if (least === undefined || greatest === undefined) return undefined;
  const isShort = Math.max(least.length, greatest.length) <= mostTextBytes;
  return isShort ? { least, greatest } : undefined;
}

function encode(kind: Column['kind'], value: number): Uint8Array {
  if (kind === 'boolean') return Uint8Array.of(value);
  const bytes = Buffer.alloc(8);
  if (kind === 'numeric') bytes.writeDoubleLE(value);
  else bytes.writeBigInt64LE(kind === 'timestamp' ? toMicroseconds(value) : BigInt(value));
  return bytes;
}
