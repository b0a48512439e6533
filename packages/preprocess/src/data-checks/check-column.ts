import {
  type Column,
  type ColumnKind,
  cellValue,
  columnLength,
  countMissing,
  parseTimestamp,
} from '@gnu-mlops/core';
import { cellsOf, holdsText } from '../cells.ts';
import { boundValue } from './bound.ts';
import type {
  AllowedValuesCheck,
  KindCheck,
  NullShareCheck,
  RangeCheck,
  UniqueCheck,
} from './data-check.ts';
import { timeText } from './time-text.ts';
import { type Verdict, passed, searchRows } from './verdict.ts';

type OneColumnCheck = KindCheck | RangeCheck | AllowedValuesCheck | NullShareCheck | UniqueCheck;

/** Hold one column against one check. */
export function checkColumn(column: Column, check: OneColumnCheck): Verdict {
  switch (check.check) {
    case 'kind':
      return checkKind(column, check.kind);
    case 'null_share':
      return checkNullShare(column, check.max);
    case 'range':
      return checkRange(column, check);
    case 'allowed_values':
      return checkValues(column, check);
    case 'unique':
      return checkUnique(column);
  }
}

function checkKind(column: Column, wanted: ColumnKind): Verdict {
  if (countMissing(column) === columnLength(column)) return passed('No cell has a value.');
  const found = column.kind;
  const fits =
    found === wanted ||
    (wanted === 'numeric' && found === 'integer') ||
    (holdsText(wanted) && holdsText(found));
  if (fits) return passed(`It is ${found}.`);
  return { message: `It is ${found} where ${wanted} is expected.`, isBroken: true };
}

function checkNullShare(column: Column, max: number): Verdict {
  const rowCount = columnLength(column);
  const missing = countMissing(column);
  const share = rowCount === 0 ? 0 : missing / rowCount;
  const message = `${missing} of ${rowCount} cells are missing (${percent(share)}).`;
  if (share <= max) return passed(message);
  return {
    message: `${message} At most ${percent(max)} may be.`,
    isBroken: true,
    failingCount: missing,
  };
}

function checkRange(column: Column, check: RangeCheck): Verdict {
  const min = boundValue(check.min ?? -Infinity);
  const max = boundValue(check.max ?? Infinity);
  const { tolerance } = check;
  const cells = cellsOf(column);
  if (!(cells instanceof Float64Array) || column.kind === 'boolean') {
    return {
      message: `It is ${column.kind}: only numbers and times have a range.`,
      isBroken: true,
    };
  }
  let smallest = Infinity;
  let largest = -Infinity;
  const isFine = (row: number) => {
    const value = cells[row]!;
    if (Number.isNaN(value)) return undefined;
    smallest = Math.min(smallest, value);
    largest = Math.max(largest, value);
    return value >= min && value <= max;
  };
  const show = (value: number) => cellText(column, value);
  return searchRows({ rowCount: cells.length, isFine, tolerance }, (failing, seen) => {
    if (seen === 0) return 'No cell has a value.';
    const span = `they go from ${show(smallest)} to ${show(largest)}.`;
    if (failing === 0) return `All ${seen} values are within; ${span}`;
    const below = min === -Infinity ? [] : [`below ${show(min)}`];
    const above = max === Infinity ? [] : [`above ${show(max)}`];
    return `${failing} of ${seen} values are ${[...below, ...above].join(' or ')}; ${span}`;
  });
}

function checkValues(column: Column, { values, tolerance }: AllowedValuesCheck): Verdict {
  const isOfTimes = column.kind === 'timestamp';
  const allowed = new Set<unknown>(
    isOfTimes ? values.map((value) => parseTimestamp(value) ?? Number(value)) : values,
  );
  const others = new Set<string>();
  const isFine = (row: number) => {
    const cell = cellValue(column, row);
    if (cell === null) return undefined;
    if (allowed.has(isOfTimes ? cell : String(cell))) return true;
    if (others.size < 5) others.add(cellText(column, cell));
    return false;
  };
  return searchRows({ rowCount: columnLength(column), isFine, tolerance }, (failing, seen) => {
    if (failing === 0) return `All ${seen} values are allowed.`;
    const list = [...others].map((value) => JSON.stringify(shorten(value))).join(', ');
    return `${failing} of ${seen} values are not allowed, such as ${list}.`;
  });
}

function checkUnique(column: Column): Verdict {
  const seenValues = new Set<unknown>();
  const isFine = (row: number) => {
    const cell = cellValue(column, row);
    if (cell === null) return undefined;
    if (seenValues.has(cell)) return false;
    seenValues.add(cell);
    return true;
  };
  return searchRows(
    { rowCount: columnLength(column), isFine, tolerance: 0 },
    (failing, seen) => `${failing} of ${seen} values stand in an earlier row already.`,
  );
}

function cellText({ kind }: Column, cell: string | number | boolean): string {
  return (kind === 'timestamp' ? timeText(Number(cell)) : undefined) ?? String(cell);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
