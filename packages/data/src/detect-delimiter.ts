import type { ByteWindow } from './byte-window.ts';
import { CsvQuoteError } from './errors.ts';
import { createFieldBatch } from './field-batch.ts';
import { type RaggedRow, scanRows } from './scan-rows.ts';

/** What may separate cells when the caller does not say. */
const delimiters = [',', ';', '\t', '|'] as const;

/** How much of a file may be looked at to tell its delimiter. */
export const DETECTION_BYTES = 65_536;

/**
 * The delimiter of a file by its first row: the one of comma, semicolon, tab and bar that alone
 * splits it into more than one cell; a comma where none does, or several do. The window stays where
 * it is.
 */
export function detectDelimiter(window: ByteWindow): string {
  const end = Math.min(window.end, window.start + DETECTION_BYTES);
  const isFinal = window.isFinal && end === window.end;
  const bytes = Buffer.concat([window.bytes.subarray(window.start, end), Buffer.from('\n')]);
  const splitting = delimiters.filter((delimiter) => {
    const prefix = { bytes, start: 0, end: bytes.length - 1, isFinal };
    try {
      return countFirstCells(prefix, delimiter.charCodeAt(0)) > 1;
    } catch (error) {
      if (error instanceof CsvQuoteError) return false;
      throw error;
    }
  });
  return splitting.length === 1 ? splitting[0]! : ',';
}

/**
 * The number of cells in the window's first row that is not blank; 0 where the window has no whole
 * row. The window stays where it is.
 *
 * @throws {CsvQuoteError}
 */
export function countFirstCells(window: ByteWindow, delimiter: number): number {
  let count = 0;
  const onRaggedRow = ({ cells }: RaggedRow) => {
    count = cells;
    return undefined;
  };
  scanRows({ path: '', delimiter, line: 1, onRaggedRow }, { ...window }, createFieldBatch(0, 1), 1);
  return count;
}
