import { type FieldBatch, cellForms, cellText } from './field-batch.ts';
import { isBlankCell } from './is-blank-cell.ts';

/** The texts of a batch's column from row `fromRow` on; null where a cell is blank. */
export function collectTexts(
  batch: FieldBatch,
  column: number,
  fromRow: number,
): (string | null)[] {
  const { rowCapacity, rowCount } = batch;
  const first = column * rowCapacity;
  const readText = textReader(batch, column);
  return Array.from({ length: rowCount - fromRow }, (_, i) => {
    const row = fromRow + i;
    return isBlankCell(batch, first + row) ? null : readText(row);
  });
}

function textReader(batch: FieldBatch, column: number): (row: number) => string {
  const first = column * batch.rowCapacity;
  const packed = batch.kernels?.packTexts(column);
  if (!packed?.isAscii) return (row) => cellText(batch, first + row);
  // One long text cut into pieces costs a fifth of decoding piece by piece.
  const { bytes, ends } = packed;
  const all = bytes.toString('latin1');
  return (row) => {
    if (batch.forms[first + row] === cellForms.escaped) return cellText(batch, first + row);
    return all.slice(row === 0 ? 0 : ends[row - 1], ends[row]);
  };
}
