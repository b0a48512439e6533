import { type Column, type Task, columnLength, countMissing, isMissing } from '@gnu-mlops/core';
import { cellsOf } from '../cells.ts';
import { compareCategories, countCategories } from '../count-categories.ts';
import type { Finding } from '../finding.ts';

/** What {@link findTargetProblems} looks at. */
export interface TargetCheck {
  readonly name: string;
  readonly column: Column;
  readonly task: Task;
  readonly minRowsPerClass: number;
}

/** With fewer rows than this a class cannot be on both sides of a split. */
const fewestRowsToSplit = 2;

/** Missing cells, a constant, too small classes, or texts where numbers are to be predicted. */
export function findTargetProblems(target: TargetCheck): Finding[] {
  const { name, column, task } = target;
  const missing = countMissing(column);
  if (missing === columnLength(column)) {
    const message = `The target column "${name}" has no value in any row. Choose another column.`;
    return [{ severity: 'error', check: 'target_empty', column: name, message }];
  }
  const findings: Finding[] = [];
  if (missing > 0) {
    const row = firstMissing(column);
    findings.push({
      severity: 'error',
      check: 'target_missing',
      column: name,
      message:
        `${missing} rows have no value in the target column "${name}" (the first is row ${row + 1}). ` +
        'Fill them in or remove them: a target is never guessed.',
    });
  }
  const { counts } = countCategories(cellsOf(column));
  if (counts.size === 1) {
    const message =
      `Every row has the same value in the target column "${name}", so there is nothing to learn. ` +
      'Provide rows with other values.';
    findings.push({ severity: 'error', check: 'target_constant', column: name, message });
  } else if (task === 'classification') {
    findings.push(...findSmallClasses(target, counts));
  }
  if (task === 'regression' && (column.kind === 'categorical' || column.kind === 'text')) {
    const message =
      `The target column "${name}" is ${column.kind}, and regression needs numbers. ` +
      'Choose the task classification, or another target.';
    findings.push({ severity: 'error', check: 'target_kind', column: name, message });
  }
  return findings;
}

function findSmallClasses(
  { name, column, minRowsPerClass }: TargetCheck,
  counts: ReadonlyMap<string | number, number>,
): Finding[] {
  const label = (category: string | number) =>
    column.kind === 'boolean' ? String(category === 1) : String(category);
  const classes = [...counts].sort(([a], [b]) => compareCategories(a, b));
  const tooSmall = classes.filter(([, count]) => count < fewestRowsToSplit);
  const small = classes.filter(
    ([, count]) => count >= fewestRowsToSplit && count < minRowsPerClass,
  );
  const list = (some: typeof classes) =>
    some
      .slice(0, 5)
      .map(([category, count]) => `"${label(category)}" ${count}`)
      .join(', ') + (some.length > 5 ? `, and ${some.length - 5} more` : '');
  const findings: Finding[] = [];
  if (tooSmall.length > 0) {
    findings.push({
      severity: 'error',
      check: 'class_rows',
      column: name,
      message:
        `${tooSmall.length} of ${classes.length} classes of "${name}" have a single row ` +
        `(${list(tooSmall)}) and cannot be both learnt and tested. ` +
        'Collect more rows of them, merge them with others, or remove them.',
    });
  }
  if (small.length > 0) {
    findings.push({
      severity: 'warning',
      check: 'class_rows',
      column: name,
      message:
        `${small.length} of ${classes.length} classes of "${name}" have fewer than ` +
        `${minRowsPerClass} rows (${list(small)}): figures about them say little. ` +
        'Collect more rows of them, or merge them with others.',
    });
  }
  return findings;
}

function firstMissing(column: Column): number {
  let row = 0;
  while (!isMissing(column, row)) row++;
  return row;
}
