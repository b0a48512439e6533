import { type FieldBatch, cellForms, cellText } from './field-batch.ts';
import { isBlankCell } from './is-blank-cell.ts';

/** The texts of a batch's column from row `fromRow` on; null where a cell is blank. */
export function readTexts(
  batch: FieldBatch,
  place: { readonly column: number; readonly fromRow: number },
): (string | null)[] {
  const { forms, rowCapacity, rowCount, kernels } = batch;
  const first = place.column * rowCapacity;
  const packed = kernels?.packTexts(place.column);
  // One long text cut into pieces costs a fifth of decoding piece by piece.
  const ends = packed?.isAscii ? packed.ends : undefined;
  const all = ends === undefined ? '' : packed!.bytes.toString('latin1');
  const texts: (string | null)[] = [];
  for (let row = place.fromRow; row < rowCount; row++) {
    const cell = first + row;
    let text: string | null = null;
    if (!isBlankCell(batch, cell)) {
      const isPlain = ends !== undefined && forms[cell] !== cellForms.escaped;
      text = isPlain ? all.slice(row === 0 ? 0 : ends[row - 1], ends[row]) : cellText(batch, cell);
    }
    texts.push(text);
  }
  return texts;
}
