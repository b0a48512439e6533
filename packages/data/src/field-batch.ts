import type { ColumnKernels } from './kernels/column-kernels.ts';

/**
 * What the scan saw in a cell. `escaped`: doubled quotes, each of which stands for one; `whole`: an
 * optional minus and digits, nothing else; `plain`: any other.
 */
export const cellForms = { plain: 0, escaped: 1, whole: 2 } as const;

/**
 * Where the cells of some whole rows lie in a buffer, column after column: the cell of a row and a
 * column is number `column * rowCapacity + row`. It reaches from `starts[cell]` to before
 * `ends[cell]`, without its quotes.
 */
export interface FieldBatch {
  readonly columnCount: number;
  /** The most rows that the batch takes. */
  readonly rowCapacity: number;
  rowCount: number;
  bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Values of {@link cellForms}. */
  readonly forms: Uint8Array;
  /** The cell's value where the scan could tell that it is a decimal number; else NaN. */
  readonly numbers: Float64Array;
  /** Each row's bytes without its line ending. */
  readonly rowStarts: Int32Array;
  readonly rowEnds: Int32Array;
  /** The line of the file where each row begins, from 1. */
  readonly lines: Float64Array;
  /** What reads the cells where kernels scanned the rows: `numbers` waits for `readNumbers` then. */
  kernels: ColumnKernels | undefined;
}

/** As many cells as the processor's cache holds together with their bytes. */
const cellsPerBatch = 49_152;

/** How many rows a batch takes unless told. */
export function batchRows(columnCount: number): number {
  return Math.max(16, Math.floor(cellsPerBatch / columnCount));
}

/** An empty batch, to be filled again and again. By default it takes some 49,000 cells. */
export function createFieldBatch(
  columnCount: number,
  rowCapacity: number = batchRows(columnCount),
): FieldBatch {
  const cellCapacity = columnCount * rowCapacity;
  return {
    columnCount,
    rowCapacity,
    rowCount: 0,
    bytes: Buffer.alloc(0),
    starts: new Int32Array(cellCapacity),
    ends: new Int32Array(cellCapacity),
    forms: new Uint8Array(cellCapacity),
    numbers: new Float64Array(cellCapacity),
    rowStarts: new Int32Array(rowCapacity),
    rowEnds: new Int32Array(rowCapacity),
    lines: new Float64Array(rowCapacity),
    kernels: undefined,
  };
}

/** The text of one cell; doubled quotes are one. */
export function cellText(batch: FieldBatch, cell: number): string {
  const text = batch.bytes.toString('utf8', batch.starts[cell]!, batch.ends[cell]!);
  return batch.forms[cell] === cellForms.escaped ? text.replaceAll('""', '"') : text;
}
