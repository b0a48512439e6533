import { MISSING_BOOLEAN, isMissingToken, parseBoolean } from '@gnu-mlops/core';
import type { ColumnFiller } from './column-filler.ts';
import { cellText } from './field-batch.ts';
import { trimmed, withRoom } from './grow.ts';

/** Start a column of booleans: true or false in any case and, where digits count, 1 or 0. */
export function createBooleanFiller(
  { digits }: { digits: 'count' | 'refuse' },
  rowsExpected: number,
): ColumnFiller {
  let values = new Uint8Array(rowsExpected);
  let length = 0;

  return {
    append(batch, column, fromRow) {
      const { bytes, starts, ends, rowCapacity, rowCount } = batch;
      values = withRoom(values, length + rowCount - fromRow);
      let cell = column * rowCapacity + fromRow;
      for (let row = fromRow; row < rowCount; row++, cell++) {
        const start = starts[cell]!;
        const end = ends[cell]!;
        let value = MISSING_BOOLEAN;
        if (isWord(bytes, start, end, trueBytes)) value = 1;
        else if (isWord(bytes, start, end, falseBytes)) value = 0;
        else if (start !== end) {
          const text = cellText(batch, cell).trim();
          if (!isMissingToken(text)) {
            const parsed =
              digits === 'refuse' && text.length === 1 ? undefined : parseBoolean(text);
            if (parsed === undefined) return row;
            value = Number(parsed);
          }
        }
        values[length++] = value;
      }
      return rowCount;
    },
    appendMissing(count) {
      values = withRoom(values, length + count);
      values.fill(MISSING_BOOLEAN, length, length + count);
      length += count;
    },
    finish: () => ({ kind: 'boolean', values: trimmed(values, length) }),
  };
}

const trueBytes = Buffer.from('true');
const falseBytes = Buffer.from('false');

/** Whether the bytes spell a word of ASCII letters, in any case. */
function isWord(bytes: Uint8Array, start: number, end: number, word: Uint8Array): boolean {
  if (end - start !== word.length) return false;
  for (let i = 0; i < word.length; i++) if ((bytes[start + i]! | 0x20) !== word[i]) return false;
  return true;
}
