import { type Cells, type TextCells, textAt } from './cells.ts';
import { compareCodePoints } from './compare-code-points.ts';

/** A value that a cell can have. Booleans are 0 and 1. */
export type Category = string | number;

/** How often each category occurs. */
export interface CategoryCounts {
  /** Only categories that occur; in no particular order. */
  readonly counts: ReadonlyMap<Category, number>;
  readonly missing: number;
}

/** Count the categories of a column; every different number is one. */
export function countCategories(cells: Cells): CategoryCounts {
  return cells instanceof Float64Array ? countNumbers(cells) : countTexts(cells);
}

/** Numbers ascending, texts by code point. */
export function compareCategories(a: Category, b: Category): number {
  return typeof a === 'number' || typeof b === 'number'
    ? Number(a) - Number(b)
    : compareCodePoints(a, b);
}

function countNumbers(values: Float64Array): CategoryCounts {
  const counts = new Map<number, number>();
  let missing = 0;
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) missing++;
    else counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { counts, missing };
}

function countTexts(cells: TextCells): CategoryCounts {
  const counts = new Map<string, number>();
  let missing = 0;
  if (cells.kind === 'categorical') {
    const perCode = new Float64Array(cells.dictionary.length);
    for (let row = 0; row < cells.codes.length; row++) {
      const code = cells.codes[row]!;
      if (code < 0) missing++;
      else perCode[code]!++;
    }
    cells.dictionary.forEach((text, code) => {
      const count = perCode[code]!;
      if (count > 0) counts.set(text, (counts.get(text) ?? 0) + count);
    });
  } else {
    for (let row = 0; row < cells.values.length; row++) {
      const text = textAt(cells, row);
      if (text === null) missing++;
      else counts.set(text, (counts.get(text) ?? 0) + 1);
    }
  }
  return { counts, missing };
}
