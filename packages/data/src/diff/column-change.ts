import {
  type Column,
  type Table,
  cellValue,
  columnLength,
  countMissing,
  isMissing,
} from '@gnu-mlops/core';
import { cellText } from './cell-text.ts';
import type { RowMatches } from './match-rows.ts';

/** The same figure of two tables. */
export interface BeforeAfter<T> {
  readonly before: T;
  readonly after: T;
}

/** What became of a column that both tables have. */
export interface ColumnChange {
  readonly name: string;
  /** Share of the cells that are missing, 0 to 1; null without rows. */
  readonly missingShare: BeforeAfter<number | null>;
  /**
   * Of numbers and times; of booleans the share of true. null where all are missing. Absent for texts.
   */
  readonly mean?: BeforeAfter<number | null>;
  /** The first hundred strings that only the later table has. Absent for other kinds. */
  readonly newCategories?: readonly string[];
  /** The first hundred strings that only the earlier table has. */
  readonly vanishedCategories?: readonly string[];
  readonly newCategoryCount?: number;
  readonly vanishedCategoryCount?: number;
  /** Only with a key: share of the common rows whose cell differs, 0 to 1; null without such rows. */
  readonly changedShare?: number | null;
}

const listed = 100;

/** @param changedRows takes up the rows of the later table whose cell differs. */
export function describeChange(options: {
  readonly name: string;
  readonly before: Table;
  readonly after: Table;
  readonly matches: RowMatches | undefined;
  readonly changedRows: Set<number>;
}): ColumnChange {
  const { name, matches, changedRows } = options;
  const before = options.before.columns.get(name)!;
  const after = options.after.columns.get(name)!;
  return {
    name,
    missingShare: { before: missingShare(before), after: missingShare(after) },
    ...(isNumber(before) && isNumber(after)
      ? { mean: { before: meanOf(before), after: meanOf(after) } }
      : {}),
    ...categoryChange(before, after),
    ...(matches !== undefined && {
      changedShare: changedShare(before, after, { matches, changedRows }),
    }),
  };
}

function holdsText({ kind }: Column): boolean {
  return kind === 'categorical' || kind === 'text';
}

function missingShare(column: Column): number | null {
  const length = columnLength(column);
  return length === 0 ? null : countMissing(column) / length;
}

type NumberColumn = Extract<Column, { readonly values: Float64Array | Uint8Array }>;

function isNumber(column: Column): column is NumberColumn {
  return !holdsText(column);
}

function meanOf(column: NumberColumn): number | null {
  let sum = 0;
  let count = 0;
  for (let row = 0; row < column.values.length; row++) {
    if (isMissing(column, row)) continue;
    sum += column.values[row]!;
    count++;
  }
  return count === 0 ? null : sum / count;
}

function categoryChange(before: Column, after: Column): Partial<ColumnChange> {
  const earlier = categoriesOf(before);
  const later = categoriesOf(after);
  if (earlier === undefined || later === undefined) return {};
  const created = [...later].filter((text) => !earlier.has(text));
  const vanished = [...earlier].filter((text) => !later.has(text));
  return {
    newCategories: created.slice(0, listed),
    vanishedCategories: vanished.slice(0, listed),
    newCategoryCount: created.length,
    vanishedCategoryCount: vanished.length,
  };
}

/** The strings that occur; undefined for other kinds. */
function categoriesOf(column: Column): Set<string> | undefined {
  if (column.kind === 'text') {
    return new Set(column.values.filter((text) => text !== null));
  }
  if (column.kind !== 'categorical') return undefined;
  const found = new Set<number>(column.codes);
  return new Set(column.dictionary.filter((_, code) => found.has(code)));
}

function changedShare(
  before: Column,
  after: Column,
  { matches, changedRows }: { matches: RowMatches; changedRows: Set<number> },
): number | null {
  const { common } = matches;
  let changed = 0;
  for (let pair = 0; pair < common.before.length; pair++) {
    const rows = [common.before[pair]!, common.after[pair]!] as const;
    if (isSameCell(before, after, rows)) continue;
    changed++;
    changedRows.add(rows[1]);
  }
  return common.before.length === 0 ? null : changed / common.before.length;
}

function isSameCell(before: Column, after: Column, [row, laterRow]: readonly [number, number]) {
  if (holdsText(before) !== holdsText(after)) {
    return cellText(before, row) === cellText(after, laterRow);
  }
  const isGone = isMissing(before, row);
  if (isGone || isMissing(after, laterRow)) return isGone === isMissing(after, laterRow);
  return cellValue(before, row) === cellValue(after, laterRow);
}
