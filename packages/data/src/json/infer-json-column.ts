import { type Column, parseTimestamp } from '@gnu-mlops/core';
import { collectBooleans, collectNumbers, collectStrings } from '../collect-cells.ts';
import { createJsonTypeFinder } from './json-type-finder.ts';
import type { JsonCell } from './parse-json-line.ts';

/** Collects the cells of one column and finds its type on the way. */
export interface JsonColumn {
  push(value: JsonCell): void;
  pushMissing(count: number): void;
  finish(): Column;
}

/** Start a column whose type all its cells decide: see {@link createJsonTypeFinder}. */
export function createJsonColumn(): JsonColumn {
  const cells: JsonCell[] = [];
  const finder = createJsonTypeFinder();

  return {
    push(value) {
      cells.push(value);
      // Missing cells do not keep whole numbers from being whole here.
      if (!isMissing(value)) finder.see(value);
    },
    pushMissing(count) {
      for (let i = 0; i < count; i++) cells.push(null);
    },
    finish() {
      switch (finder.find()) {
        case 'string':
          return strings(cells);
        case 'boolean':
          return booleans(cells);
        case 'datetime':
          return numbers(cells, 'timestamp', (value) => parseTimestamp(String(value)));
        case 'long':
          return numbers(cells, 'integer', Number);
        default:
          return numbers(cells, 'numeric', Number);
      }
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
    column.push(isMissing(cell) ? NaN : (parse(cell) ?? NaN));
  }
  return column.finish();
}

/** null, and a string of nothing but blanks. */
function isMissing(cell: JsonCell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}
