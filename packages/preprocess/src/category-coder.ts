import { type Cells, type TextCells, textAt } from './cells.ts';
import type { Category } from './count-categories.ts';
import { CategoryUnknownError } from './errors.ts';

/** Which code a cell gets. */
export interface CategoryCoding {
  /** The column's name, for messages. */
  readonly column: string;
  readonly codeOf: ReadonlyMap<Category, number>;
  /** For a missing cell; `error` refuses it. */
  readonly missing: number | 'error';
  /** For a category that is not in `codeOf`; `error` refuses it. */
  readonly unknown: number | 'error';
}

/** Never a code: marks what is to be refused while a dictionary is translated. */
const refused = -2_147_483_648;

/**
 * Prepare the translation of a column's cells into codes.
 *
 * @returns a function from cells to codes, one a row, that throws {@link CategoryUnknownError} for a
 *   refused cell.
 */
export function createCategoryCoder(coding: CategoryCoding): (cells: Cells) => Int32Array {
  const { column, codeOf } = coding;
  const missing = coding.missing === 'error' ? refused : coding.missing;
  const unknown = coding.unknown === 'error' ? refused : coding.unknown;
  const mayRefuse = missing === refused || unknown === refused;
  const codeOfText = (text: string | null) =>
    text === null ? missing : (codeOf.get(text) ?? unknown);

  return (cells) => {
    const codes = cells instanceof Float64Array ? codeNumbers(cells) : codeTexts(cells);
    const row = mayRefuse ? codes.indexOf(refused) : -1;
    if (row >= 0) throw new CategoryUnknownError(column, row, categoryAt(cells, row));
    return codes;
  };

  function codeNumbers(values: Float64Array): Int32Array {
    const codes = new Int32Array(values.length);
    for (let row = 0; row < codes.length; row++) {
      const value = values[row]!;
      codes[row] = Number.isNaN(value) ? missing : (codeOf.get(value) ?? unknown);
    }
    return codes;
  }

  function codeTexts(cells: TextCells): Int32Array {
    if (cells.kind === 'text') return Int32Array.from(cells.values, codeOfText);
    const { codes: entries, dictionary } = cells;
    const codes = new Int32Array(entries.length);
    if (dictionary.length > entries.length) {
      // A few rows taken from a large table carry its whole dictionary with them.
      for (let row = 0; row < codes.length; row++) codes[row] = codeOfText(textAt(cells, row));
      return codes;
    }
    const translated = Int32Array.from(dictionary, codeOfText);
    for (let row = 0; row < codes.length; row++) {
      const entry = entries[row]!;
      codes[row] = entry < 0 ? missing : translated[entry]!;
    }
    return codes;
  }
}

function categoryAt(cells: Cells, row: number): Category | null {
  if (!(cells instanceof Float64Array)) return textAt(cells, row);
  return Number.isNaN(cells[row]) ? null : cells[row]!;
}
