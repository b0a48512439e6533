import type { Column, ColumnKind } from './column.ts';
import { countMissing } from './column.ts';
import type { Table } from './table.ts';

/** All types of columns, as MLflow names them in a model signature. */
export const SIGNATURE_TYPES = [
  'boolean',
  'integer',
  'long',
  'float',
  'double',
  'string',
  'datetime',
] as const;

/** A column's type as MLflow names it in a model signature. */
export type SignatureType = (typeof SIGNATURE_TYPES)[number];

/** One column that a model takes or gives. */
export interface ColumnSpec {
  readonly name: string;
  readonly type: SignatureType;
  /** A required column must be present; its cells may still be missing. */
  readonly required: boolean;
}

/** The raw input columns and the outputs that a model promises, in MLflow's types. */
export interface Signature {
  readonly inputs: readonly ColumnSpec[];
  readonly outputs: readonly ColumnSpec[];
}

/**
 * The signature type of a column. An integer column with missing cells is `double`: neither MLflow
 * nor pandas has a missing integer.
 */
export function signatureType(column: Column): SignatureType {
  switch (column.kind) {
    case 'numeric':
      return 'double';
    case 'integer':
      return countMissing(column) > 0 ? 'double' : 'long';
    case 'boolean':
      return 'boolean';
    case 'timestamp':
      return 'datetime';
    default:
      return 'string';
  }
}

/** The inputs of a model that is trained on all columns of `table`. */
export function signatureInputs(table: Table): ColumnSpec[] {
  return Array.from(table.columns, ([name, column]) => ({
    name,
    type: signatureType(column),
    required: true,
  }));
}

/** The kind of column that holds values of a signature type. */
export function columnKindOf(type: SignatureType): ColumnKind {
  switch (type) {
    case 'boolean':
      return 'boolean';
    case 'integer':
    case 'long':
      return 'integer';
    case 'float':
    case 'double':
      return 'numeric';
    case 'datetime':
      return 'timestamp';
    case 'string':
      return 'categorical';
  }
}
