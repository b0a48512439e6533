import type { FieldBatch } from './field-batch.ts';

const space = 32;
const firstNonAscii = 128;

/** Whether a cell holds nothing, or nothing but blanks. */
export function isBlankCell({ bytes, starts, ends }: FieldBatch, cell: number): boolean {
  const start = starts[cell]!;
  const end = ends[cell]!;
  if (start === end) return true;
  const first = bytes[start]!;
  if (first > space && first < firstNonAscii) return false;
  return bytes.toString('utf8', start, end).trim() === '';
}
