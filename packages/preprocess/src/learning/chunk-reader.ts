import {
  type Column,
  type ColumnSpec,
  type SignatureType,
  type Table,
  columnNamed,
  countMissing,
  signatureType,
} from '@gnu-mlops/core';
import { type Cells, cellsOf, holdsText } from '../cells.ts';
import { InputKindError } from '../errors.ts';
import type { LayoutColumn } from '../step-definition.ts';

/** Reads the raw columns of chunk after chunk, as the first chunk has them. */
export interface ChunkReader {
  readonly layout: readonly LayoutColumn[];
  /**
   * The cells of one chunk, in the order of the layout.
   *
   * @throws {ColumnNotFoundError} when the chunk lacks a column of the first one.
   * @throws {InputKindError} when a column is of another kind than in the first one.
   */
  read(chunk: Table): readonly Cells[];
  /** Signature types over all chunks read so far. */
  inputs(): readonly ColumnSpec[];
}

/** Take the columns of the first chunk, but for the target. */
export function openChunkReader(first: Table, target: string | undefined): ChunkReader {
  const columns = [...first.columns].filter(([name]) => name !== target);
  const layout = columns.map(([name, { kind }]) => ({ name, kind }));
  const types = columns.map(([, column]) => signatureType(column));
  const missesCells = columns.map(() => false);
  return {
    layout,
    read(chunk) {
      return layout.map(({ name, kind }, i) => {
        const column = columnNamed(chunk, name);
        checkKind({ name, kind, type: types[i]! }, column);
        if (kind === 'integer' && !missesCells[i]) missesCells[i] = countMissing(column) > 0;
        return cellsOf(column);
      });
    },
    inputs: () =>
      layout.map(({ name }, i) => ({
        name,
        type: missesCells[i] ? 'double' : types[i]!,
        required: true,
      })),
  };
}

/**
 * Refuse a column of another kind than it was first.
 *
 * @throws {InputKindError}
 */
export function checkKind(
  first: LayoutColumn & { readonly type: SignatureType },
  column: Column,
): void {
  if (!isSameKind(column, first.kind))
    throw new InputKindError(first.name, column.kind, first.type);
}

/** Whole numbers may follow real ones, and texts are texts however they are stored. */
function isSameKind({ kind }: Column, first: Column['kind']): boolean {
  if (holdsText(first)) return holdsText(kind);
  return kind === first || (first === 'numeric' && kind === 'integer');
}
