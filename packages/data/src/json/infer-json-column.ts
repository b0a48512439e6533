import { type Column, parseTimestamp } from '@gnu-mlops/core';
import { collectBooleans, collectNumbers, collectStrings } from '../collect-cells.ts';
import type { JsonCell } from './parse-json-line.ts';

/** Collects the cells of one column and finds its type on the way. */
export interface JsonColumn {
  push(value: JsonCell): void;
  pushMissing(count: number): void;
  finish(): Column;
}

/**
 * Start a column of unknown type. All cells decide: all true or false is boolean; all numbers is
 * integer where all are whole, else numeric; all strings in the form of ISO 8601 dates or times is
 * timestamp; anything else, or a mixture, is strings, as is a column of whole numbers of which one is
 * beyond 2^53. null decides nothing; a column of nothing else is numeric.
 */
export function createJsonColumn(): JsonColumn {
  const cells: JsonCell[] = [];
  const has = { boolean: false, whole: false, real: false, long: false, time: false, text: false };

  return {
    push(value) {
      cells.push(value);
      if (value === null) return;
      if (typeof value === 'boolean') has.boolean = true;
      else if (typeof value === 'bigint') has.long = true;
      else if (typeof value === 'number')
        has[Number.isSafeInteger(value) ? 'whole' : 'real'] = true;
      else if (!has.text && value.trim() !== '') {
        has[parseTimestamp(value) === undefined ? 'text' : 'time'] = true;
      }
    },
    pushMissing(count) {
      for (let i = 0; i < count; i++) cells.push(null);
    },
    finish() {
      const isNumber = has.whole || has.real || has.long;
      const families = [has.boolean, isNumber, has.time || has.text].filter(Boolean).length;
      if (families > 1 || has.text) return strings(cells);
      if (has.boolean) return booleans(cells);
      if (has.time) return numbers(cells, 'timestamp', (value) => parseTimestamp(String(value)));
      if (has.long && !has.real) return strings(cells);
      return numbers(cells, has.whole && !has.real ? 'integer' : 'numeric', Number);
    },
  };
}

function strings(cells: readonly JsonCell[]): Column {
  const column = collectStrings();
  for (const cell of cells) column.push(cell === null ? null : String(cell));
  return column.finish();
}

function booleans(cells: readonly JsonCell[]): Column {
  const column = collectBooleans();
  for (const cell of cells) column.push(typeof cell === 'boolean' ? cell : null);
  return column.finish();
}

function numbers(
  cells: readonly JsonCell[],
  kind: 'numeric' | 'integer' | 'timestamp',
  parse: (value: JsonCell) => number | undefined,
): Column {
  const column = collectNumbers(kind);
  for (const cell of cells) {
    column.push(cell === null || cell === '' ? NaN : (parse(cell) ?? NaN));
  }
  return column.finish();
}
