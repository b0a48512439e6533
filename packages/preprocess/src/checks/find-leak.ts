import { type CellValue, type Column, type Task, cellValue, columnLength } from '@gnu-mlops/core';
import type { Finding } from '../finding.ts';

/** What {@link findLeak} compares. */
export interface LeakCheck {
  readonly name: string;
  readonly column: Column;
  readonly targetName: string;
  readonly target: Column;
  readonly task: Task;
}

/**
 * A feature column that gives the target away: it holds the same values (an error), or has exactly
 * one value for each class and one class for each value (a warning; on few rows it may be chance).
 */
export function findLeak(check: LeakCheck): Finding | undefined {
  const { name, column, targetName, target } = check;
  if (isCopy(column, target)) {
    const message =
      `Column "${name}" is a copy of the target "${targetName}". Leave it out: ` +
      'a model would only repeat it, and it is not known when a prediction is asked for.';
    return { severity: 'error', check: 'column_copies_target', column: name, message };
  }
  if (check.task === 'classification' && isOneToOne(column, target)) {
    const message =
      `Each value of column "${name}" belongs to one class of "${targetName}" and each class to one ` +
      'value. Leave it out unless it is known before the target is.';
    return { severity: 'warning', check: 'column_tells_target', column: name, message };
  }
  return undefined;
}

function isCopy(column: Column, target: Column): boolean {
  for (let row = 0, end = columnLength(target); row < end; row++) {
    if (cellText(column, row) !== cellText(target, row)) return false;
  }
  return true;
}

function isOneToOne(column: Column, target: Column): boolean {
  const classOf = new Map<CellValue, CellValue>();
  const valueOf = new Map<CellValue, CellValue>();
  for (let row = 0, end = columnLength(target); row < end; row++) {
    const value = cellValue(column, row);
    const label = cellValue(target, row);
    if (!classOf.has(value)) classOf.set(value, label);
    if (!valueOf.has(label)) valueOf.set(label, value);
    if (classOf.get(value) !== label || valueOf.get(label) !== value) return false;
  }
  return valueOf.size > 1;
}

/** 1, true and "1" differ as types do; 1 of a whole and 1 of a real column do not. */
function cellText(column: Column, row: number): string {
  return String(cellValue(column, row));
}
