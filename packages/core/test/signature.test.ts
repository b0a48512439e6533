import { describe, expect, it } from 'vitest';
import {
  type Column,
  type SignatureType,
  columnKindOf,
  createColumnBuilder,
  createTable,
  signatureInputs,
  signatureType,
} from '../src/index.ts';

const columns: [name: string, column: Column, type: SignatureType][] = [
  ['price', { kind: 'numeric', values: Float64Array.of(1, 2) }, 'double'],
  ['count', { kind: 'integer', values: Float64Array.of(1, 2) }, 'long'],
  ['gaps', { kind: 'integer', values: Float64Array.of(1, NaN) }, 'double'],
  ['open', { kind: 'boolean', values: Uint8Array.of(0, 255) }, 'boolean'],
  ['plan', { kind: 'categorical', codes: Int32Array.of(0, -1), dictionary: ['a'] }, 'string'],
  ['note', { kind: 'text', values: ['long', null] }, 'string'],
  ['since', { kind: 'timestamp', values: Float64Array.of(0, NaN) }, 'datetime'],
];

describe('signatureType', () => {
  it.each(columns)('of column %s', (_, column, type) => {
    expect(signatureType(column)).toBe(type);
  });
});

describe('signatureInputs', () => {
  it('lists every column in order, all required', () => {
    const table = createTable(columns.map(([name, column]) => [name, column]));
    expect(signatureInputs(table)).toEqual(
      columns.map(([name, , type]) => ({ name, type, required: true })),
    );
  });
});

describe('columnKindOf', () => {
  it('is the kind that a column of the type is built as', () => {
    const types = ['boolean', 'integer', 'long', 'float', 'double', 'string', 'datetime'] as const;
    for (const type of types) {
      expect(createColumnBuilder({ name: 'x', type }).finish().kind).toBe(columnKindOf(type));
    }
  });
});
