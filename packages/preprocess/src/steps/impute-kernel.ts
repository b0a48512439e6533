import { type Cells, type TextCells, numbersIn, textIn } from '../cells.ts';
import type { Category } from '../count-categories.ts';
import type { ColumnKernel } from '../map-columns.ts';
import { markMissing, missingName } from '../missing-cells.ts';
import type { LayoutColumn } from '../step-definition.ts';

/** Fill the missing cells of one column, and say beside it which they were where that is wanted. */
export function imputeKernel(
  entry: { readonly fill: Category; readonly indicator: boolean },
  column: LayoutColumn,
): ColumnKernel {
  const { fill } = entry;
  const fillCells = (cells: Cells): Cells =>
    typeof fill === 'number' ? fillNumbers(numbersIn(cells), fill) : fillTexts(textIn(cells), fill);
  const filled: LayoutColumn = { name: column.name, kind: kindAfter(column, fill) };
  if (!entry.indicator) return { outputs: [filled], run: (cells) => [fillCells(cells)] };
  return {
    outputs: [filled, { name: missingName(column.name), kind: 'boolean' }],
    run: (cells, rowCount) => [fillCells(cells), markMissing(cells, rowCount)],
  };
}

/** Whole numbers and booleans stay what they are unless the fill is none. */
function kindAfter({ kind }: LayoutColumn, fill: Category): LayoutColumn['kind'] {
  if (kind === 'boolean') return fill === 0 || fill === 1 ? kind : 'numeric';
  return kind === 'integer' && !Number.isInteger(fill) ? 'numeric' : kind;
}

function fillNumbers(values: Float64Array, fill: number): Float64Array {
  const first = values.findIndex(Number.isNaN);
  if (first < 0) return values;
  const filled = values.slice();
  for (let row = first; row < filled.length; row++) {
    if (Number.isNaN(filled[row])) filled[row] = fill;
  }
  return filled;
}

function fillTexts(cells: TextCells, fill: string): TextCells {
  if (cells.kind === 'text') {
    return { kind: 'text', values: cells.values.map((text) => text ?? fill) };
  }
  if (!cells.codes.some((code) => code < 0)) return cells;
  const known = cells.dictionary.indexOf(fill);
  const fillCode = known < 0 ? cells.dictionary.length : known;
  return {
    kind: 'categorical',
    codes: cells.codes.map((code) => (code < 0 ? fillCode : code)),
    dictionary: known < 0 ? [...cells.dictionary, fill] : cells.dictionary,
  };
}
