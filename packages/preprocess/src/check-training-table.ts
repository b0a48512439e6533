import { type Table, type Task, columnNamed } from '@gnu-mlops/core';
import { findColumnProblems } from './checks/find-column-problems.ts';
import { findLeak } from './checks/find-leak.ts';
import { findTargetProblems } from './checks/find-target-problems.ts';
import type { Finding } from './finding.ts';
import { inferTask } from './infer-task.ts';

/** Settings of {@link checkTrainingTable}. */
export interface TrainingCheckOptions {
  /** The column to predict. */
  readonly target: string;
  /** Default: what {@link inferTask} says. */
  readonly task?: Task;
  /** Warn about classes with fewer rows; default 10. A single row is always an error. */
  readonly minRowsPerClass?: number;
}

/**
 * Look for what makes a table unfit for training, or a model trained on it untrustworthy.
 *
 * Errors: no rows, no column but the target, a target that is missing somewhere or everywhere, the
 * same in every row, or text for regression; a class of a single row; a column that copies the
 * target. Warnings: small classes; columns that are empty, constant, mostly missing (more than half),
 * identifiers, or tell the class one to one.
 *
 * @returns errors first, then warnings, each in the table's order; empty when all is well.
 * @throws {ColumnNotFoundError} when the target is not there, naming the nearest column.
 */
export function checkTrainingTable(table: Table, options: TrainingCheckOptions): Finding[] {
  const targetName = options.target;
  const target = columnNamed(table, targetName);
  if (table.rowCount === 0) {
    const message = 'The table has no rows. Provide rows to train on.';
    return [{ severity: 'error', check: 'table_empty', message }];
  }
  const task = options.task ?? inferTask(target);
  const minRowsPerClass = options.minRowsPerClass ?? 10;
  const findings = findTargetProblems({ name: targetName, column: target, task, minRowsPerClass });
  if (table.columns.size === 1) {
    const message = `The table has no column but the target "${targetName}". Provide features.`;
    findings.push({ severity: 'error', check: 'no_columns', message });
  }
  const isTargetVaried = !findings.some(
    ({ check }) => check === 'target_empty' || check === 'target_constant',
  );
  for (const [name, column] of table.columns) {
    if (name === targetName) continue;
    findings.push(...findColumnProblems(name, column));
    const leak = isTargetVaried ? findLeak({ name, column, targetName, target, task }) : undefined;
    if (leak !== undefined) findings.push(leak);
  }
  return findings.sort((a, b) => rank(a) - rank(b));
}

function rank(finding: Finding): number {
  return finding.severity === 'error' ? 0 : 1;
}
