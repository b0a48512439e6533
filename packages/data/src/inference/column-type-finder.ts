import { type Column, type SignatureType, columnLength, countMissing } from '@gnu-mlops/core';
import type { TypeFinder } from './inferred-columns.ts';

/** Finds the type of a column that comes in pieces, each with a kind of its own. */
export interface ColumnTypeFinder extends TypeFinder {
  see(column: Column): void;
}

/**
 * Start a column of pieces. Real and whole numbers together are real; any other mixture is strings; a
 * piece without a value says nothing.
 */
export function createColumnTypeFinder(): ColumnTypeFinder {
  const kinds = new Set<Column['kind']>();
  let hasMissing = false;

  return {
    see(column) {
      const missing = countMissing(column);
      if (missing > 0) hasMissing = true;
      // Of a source that tells its types, a column without a value has one all the same.
      const isSilent = missing === columnLength(column) && column.kind === 'numeric';
      if (!isSilent) kinds.add(column.kind === 'text' ? 'categorical' : column.kind);
    },
    hasValue: () => kinds.size > 0,
    isWhole: () => kinds.size === 1 && kinds.has('integer'),
    find(): SignatureType {
      const [only, ...more] = kinds;
      if (only === undefined) return 'double';
      if (more.length > 0) {
        const isNumber = [...kinds].every((kind) => kind === 'numeric' || kind === 'integer');
        return isNumber ? 'double' : 'string';
      }
      return only === 'integer' && hasMissing ? 'double' : typeOf[only];
    },
  };
}

const typeOf = {
  numeric: 'double',
  integer: 'long',
  boolean: 'boolean',
  categorical: 'string',
  text: 'string',
  timestamp: 'datetime',
} as const satisfies Record<Column['kind'], SignatureType>;
